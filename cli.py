"""The `tweeter` command."""

import sys

import click

from launch import LaunchError
from launch.supervisor import up as run_everything
from settings import BadSetting, Settings

# What a user can put right: one line, no traceback.
EXPECTED = (BadSetting, LaunchError)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def tweeter() -> None:
    """A GraphQL backend for a Twitter-like application.

    Settings are read from the environment; the README lists them.
    """


@tweeter.command()
def up() -> None:
    """Run everything in the foreground until Ctrl-C."""
    sys.exit(run_everything(Settings.from_environment()))


def main() -> None:
    try:
        tweeter(prog_name="tweeter")
    except EXPECTED as error:
        click.echo(f"tweeter: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
