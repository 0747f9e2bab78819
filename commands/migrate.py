"""`tweeter migrate`: makes the stored data of an older version into that of this one."""

import asyncio
import sys
from functools import partial

import click

from composition.migrations import are_feeds_in_large_pages, migrate_data, needed_steps, rewrite_feeds
from composition.storage import refuse_unusable
from launch import open_servers
from settings import Settings

STOP_FIRST = "Stop all web processes, workers, beat and Flower of the version before first: they fail on the new data."

FEEDS_TO_DO = "to do: `tweeter migrate --feeds`, for more entries a second if feeds are larger than MongoDB's cache"


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask whether all processes of the version before are stopped.")
@click.option("--check", is_flag=True, help="Change nothing. Exit with 1 if there is something to do.")
@click.option("--feeds", is_flag=True, help="Also rewrite the feeds of an older version into small pages.")
def migrate(yes: bool, check: bool, feeds: bool) -> None:
    """Make the stored data of an older version into that of this version.

    First stop all processes of the version before: web, workers, beat and Flower. They fail on what the new version
    stores. Processes of this version may run; what needs the new data is refused until the command has ended.

    With --feeds, it copies the entries of all feeds, if a version before has stored them. All processes may run. Posts
    stay in flight meanwhile, so feeds are exact, but it costs time: for more than a few million entries, stop the
    workers first. If it is interrupted, run it again with --feeds: no entry is written until it has ended.

    It may be run again, also after it was interrupted. Exits with 0 if the data has the version of this program, and
    with 2 if it could not be migrated. With --check, exits with 1 if there is something to do.
    """
    say = partial(click.echo, err=True)
    with open_servers(Settings.from_environment(), say=say, command="migrate") as settings:
        asyncio.run(refuse_unusable(settings))
        needed = asyncio.run(needed_steps(settings))
        for step in needed:
            click.echo(f"to do: version {step.version}, {step.title}")
        are_feeds_due = asyncio.run(are_feeds_in_large_pages(settings))
        if are_feeds_due and (check or not feeds):
            click.echo(FEEDS_TO_DO)
        if check:
            if not needed and not are_feeds_due:
                click.echo("nothing to do")
            sys.exit(bool(needed or (feeds and are_feeds_due)))
        if needed and not yes:
            click.confirm(f"{STOP_FIRST}\nAre they stopped?", abort=True, err=True)
        asyncio.run(migrate_data(settings, say=click.echo))
        if feeds:
            asyncio.run(rewrite_feeds(settings, say=click.echo))
