"""Seeds accounts before measurements. Parts that use the same database name share its data."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from io import StringIO

from composition.tasks import task_services_of
from seeding.star import seed_star
from settings import Settings
from tasks.services import TaskServices


async def seed_stars(settings: Settings, **followers: int) -> None:
    """Ensure accounts with the names and numbers of followers. Existing ones stay."""
    async with quiet_services(settings) as services:
        for alias, number in followers.items():
            await seed_star(services, alias=alias, followers=number)


@asynccontextmanager
async def quiet_services(settings: Settings) -> AsyncIterator[TaskServices]:
    """Open the services for seeding, with progress bars hidden."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        async with task_services_of(settings) as services:
            yield services
