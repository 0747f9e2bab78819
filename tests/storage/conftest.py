"""Fixtures: the storage on both drivers, and the commands that it sends."""

from collections.abc import AsyncIterator

import pytest

from storage import Storage, create_indexes, open_storage
from tests.commands import Commands


@pytest.fixture(scope="session")
def commands() -> Commands:
    return Commands()


@pytest.fixture(scope="session", params=["pymongo", "motor"])
async def one_storage(request: pytest.FixtureRequest, mongodb_url: str, commands: Commands) -> AsyncIterator[Storage]:
    async with open_storage(
        mongodb_url,
        database=f"storage_{request.param}",
        driver=request.param,
        session_ttl_days=30,
        listeners=[commands],
    ) as storage:
        await create_indexes(storage.mongo)
        yield storage
