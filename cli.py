"""The `tweeter` command."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import click

import logs
from audit.command import audit
from benchmarks.command import bench
from composition import refuse_unusable, task_services_of
from launch import LaunchError, open_servers
from launch.checks import check_documents
from launch.supervisor import PROCFILE
from launch.supervisor import up as run_everything
from schema import schema
from seeding.command import seed
from seeding.graph_file import BadGraph
from serving.server.listening import AddressError
from serving.server.listening import check as check_port
from serving.server.serve import serve
from settings import BadSetting, Settings
from storage import Misconfigured
from tasks.services import TaskServices

# What a user can put right: one line, no traceback.
EXPECTED = (BadSetting, LaunchError, AddressError, Misconfigured, BadGraph)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def tweeter() -> None:
    """A GraphQL backend for a Twitter-like application.

    Settings are read from the environment; the README lists them.
    """


@tweeter.command()
@click.option(
    "--procfile", type=click.Path(path_type=Path), default=PROCFILE, help="What to run; by default Tweeter's own."
)
def up(procfile: Path) -> None:
    """Run everything in the foreground until Ctrl-C."""
    sys.exit(run_everything(Settings.from_environment(), procfile=procfile))


@tweeter.command()
def web() -> None:
    """Run the web processes alone; MONGODB_URL and REDIS_URL say on what."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level)
    # Once, and not in each process, which would be started again and again.
    settings.check_addresses()
    check_documents(settings)
    check_port(settings.host, settings.port)  # before the servers are waited for
    asyncio.run(refuse_unusable(settings))
    serve(
        host=settings.host,
        port=settings.port,
        processes=settings.web_concurrency,
        max_connections=settings.max_connections,
        keep_alive_s=settings.keep_alive_s,
        stop_within_s=settings.stop_within_s,
        loop_stuck_s=settings.loop_stuck_s,
        log_level=settings.log_level,
    )


@tweeter.command("schema")
def print_schema() -> None:
    """Print the GraphQL schema."""
    click.echo(schema.as_str())


tweeter.add_command(seed)
tweeter.add_command(audit)
tweeter.add_command(bench)


@asynccontextmanager
async def open_services() -> AsyncIterator[TaskServices]:
    """What a command works with, on the servers of a running `tweeter up` or on its own. Errors: LaunchError."""
    command = click.get_current_context().command_path.removeprefix("tweeter ")
    with open_servers(Settings.from_environment(), say=partial(click.echo, err=True), command=command) as settings:
        await refuse_unusable(settings)
        async with task_services_of(settings) as services:
            yield services


def main() -> None:
    try:
        tweeter(prog_name="tweeter", obj=open_services)
    except EXPECTED as error:
        click.echo(f"tweeter: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
