"""Opens the services of a command, on the servers of a running `tweeter up` or on its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import click

from composition.storage import refuse_unusable
from composition.tasks import task_services_of
from launch import open_servers
from settings import Settings
from tasks.services import TaskServices


@asynccontextmanager
async def open_services() -> AsyncIterator[TaskServices]:
    """Open the services of the current command.

    Raises:
        LaunchError: A server could not be started or does not answer.
        Misconfigured: Waiting for a server cannot help.
    """
    command = click.get_current_context().command_path.removeprefix("tweeter ")
    say = partial(click.echo, err=True)
    with open_servers(Settings.from_environment(), say=say, command=command) as settings:
        await refuse_unusable(settings)
        async with task_services_of(settings) as services:
            yield services
