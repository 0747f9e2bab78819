"""The `tweeter` command. A subcommand is imported when it is called, so a web process loads none of the others."""

import sys
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from domain.errors import OperatorError

# Where each subcommand is defined. `bench` is a tool of the repository: an installed package does not have it.
COMMANDS = {
    "up": "commands.up:up",
    "web": "commands.web:web",
    "run": "commands.run:run",
    "schema": "commands.schema:print_schema",
    "seed": "seeding.command:seed",
    "audit": "audit.command:audit",
    "migrate": "commands.migrate:migrate",
    "doctor": "commands.doctor:doctor",
    "bench": "benchmarks.command:bench",
}


class LazyGroup(click.Group):
    """Imports a subcommand when it is called or its help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, where in COMMANDS.items() if find_spec(where.partition(".")[0]) is not None]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tweeter", prog_name="tweeter")
def tweeter() -> None:
    """A GraphQL backend for a Twitter-like application.

    Settings are read from the environment; docs/configuration.md lists them.
    """


def _open_services() -> AbstractAsyncContextManager[Any]:
    """Open the services of `seed` and `audit`, whose rooms may not read the settings themselves."""
    opened: AbstractAsyncContextManager[Any] = import_module("commands.servers").open_services()
    return opened


def main() -> None:
    try:
        tweeter(prog_name="tweeter", obj=_open_services)
    except OperatorError as error:
        for line in str(error).splitlines():
            click.echo(f"tweeter: {line}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
