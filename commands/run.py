"""`tweeter run`: runs one process of the Procfile, for a supervisor such as systemd or Kubernetes."""

import os
import shlex
import sys
from pathlib import Path

import click

from launch.procfile import command_of
from launch.supervisor import PROCFILE
from settings import Settings


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def run(name: str, words: tuple[str, ...]) -> None:
    """Run one process of the Procfile in the foreground: web, worker, beat or flower.

    Further WORDS go to its command, such as --hostname=worker1@%h to a worker. The command becomes that process, so
    signals reach it directly. MONGODB_URL and REDIS_URL name the servers.
    """
    command = command_of(PROCFILE, name)
    settings = Settings.from_environment()
    settings.check_addresses()
    # From the folder of the Procfile, as `tweeter up` does: Celery looks for its modules in the current one first.
    environment = os.environ | settings.replace(data_dir=settings.data_dir.absolute()).environment()
    environment["PYTHONUNBUFFERED"] = "1"
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    os.chdir(PROCFILE.parent)
    os.execve("/bin/sh", ["/bin/sh", "-c", f"exec {command} {shlex.join(words)}"], environment)  # noqa: S606
