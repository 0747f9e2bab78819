"""The suite's own servers, one database that is emptied between tests, and the worlds that tests live in."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from launch import start_mongod, start_redis
from storage import Storage, create_indexes, open_storage
from tests.world import World

# How long an example takes is the machine's affair.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.fixture(scope="session")
def mongodb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = start_mongod(tmp_path_factory.mktemp("mongodb"))
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = start_redis(tmp_path_factory.mktemp("redis"))
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
async def one_storage(mongodb_url: str) -> AsyncIterator[Storage]:
    async with open_storage(mongodb_url, database="tests", driver="pymongo", session_ttl_days=30) as storage:
        await create_indexes(storage.mongo)
        yield storage


@pytest.fixture
async def storage(one_storage: Storage) -> Storage:
    """An empty database."""
    await empty(one_storage)
    return one_storage


@pytest.fixture
def world(storage: Storage) -> World:
    return World(storage)


@pytest.fixture
def root() -> Path:
    return Path(__file__).parent.parent


async def empty(storage: Storage) -> None:
    for name in await storage.mongo.database.list_collection_names():
        await storage.mongo.collection(name).delete_many({})
