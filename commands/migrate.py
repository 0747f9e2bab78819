"""`tweeter migrate`: makes the stored data of an older version into that of this one."""

import asyncio
import sys
from functools import partial

import click

from composition.migrations import migrate_data, needed_steps
from composition.storage import refuse_unusable
from launch import open_servers
from settings import Settings

STOP_FIRST = "Stop all web processes, workers, beat and Flower of the version before first: they fail on the new data."


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask whether all processes of the version before are stopped.")
@click.option("--check", is_flag=True, help="Change nothing. Exit with 1 if there is something to do.")
def migrate(yes: bool, check: bool) -> None:
    """Make the stored data of an older version into that of this version.

    First stop all processes of the version before: web, workers, beat and Flower. They fail on what the new version
    stores. Processes of this version may run; what needs the new data is refused until the command has ended.

    It may be run again, also after it was interrupted. Exits with 0 if the data has the version of this program, and
    with 2 if it could not be migrated. With --check, exits with 1 if there is something to do.
    """
    say = partial(click.echo, err=True)
    with open_servers(Settings.from_environment(), say=say, command="migrate") as settings:
        asyncio.run(refuse_unusable(settings))
        needed = asyncio.run(needed_steps(settings))
        for step in needed:
            click.echo(f"to do: version {step.version}, {step.title}")
        if check:
            if not needed:
                click.echo("nothing to do")
            sys.exit(bool(needed))
        if needed and not yes:
            click.confirm(f"{STOP_FIRST}\nAre they stopped?", abort=True, err=True)
        asyncio.run(migrate_data(settings, say=click.echo))
