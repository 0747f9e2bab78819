"""`tweeter up`: runs everything in the foreground."""

import sys
from pathlib import Path

import click

from launch.supervisor import PROCFILE
from launch.supervisor import up as run_everything
from settings import Settings


@click.command()
@click.option(
    "--procfile",
    type=click.Path(path_type=Path),
    default=PROCFILE,
    help="Processes to run. The default is Tweeter's own Procfile.",
)
def up(procfile: Path) -> None:
    """Run everything in the foreground until Ctrl-C."""
    sys.exit(run_everything(Settings.from_environment(), procfile=procfile))
