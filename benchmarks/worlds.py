"""Who is there before anything is measured. Parts that name the same database share what is in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from io import StringIO

from composition.tasks import task_services_of
from seeding.star import seed_star
from settings import Settings
from tasks.services import TaskServices


async def seed_stars(settings: Settings, **followers: int) -> None:
    """An account of each name, with so many followers; those that are there already stay."""
    async with quiet_services(settings) as services:
        for alias, number in followers.items():
            await seed_star(services, alias=alias, followers=number)


@asynccontextmanager
async def quiet_services(settings: Settings) -> AsyncIterator[TaskServices]:
    """To seed with, without its progress bars."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        async with task_services_of(settings) as services:
            yield services
