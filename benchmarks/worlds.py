"""Who is there before anything is measured. Parts that name the same database share what is in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from io import StringIO

from composition import resources_of
from seeding.star import seed_star
from settings import Settings
from tasks.resources import Resources


async def seed_stars(settings: Settings, **followers: int) -> None:
    """An account of each name, with so many followers; those that are there already stay."""
    async with quiet_resources(settings) as resources:
        for alias, number in followers.items():
            await seed_star(resources, alias=alias, followers=number)


@asynccontextmanager
async def quiet_resources(settings: Settings) -> AsyncIterator[Resources]:
    """To seed with, without its progress bars."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        async with resources_of(settings) as resources:
            yield resources
