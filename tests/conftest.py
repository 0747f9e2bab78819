"""The suite's servers, one database that is emptied between tests, and the worlds of tests."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples

from launch import start_mongod, start_redis
from settings import Settings
from storage import Storage, create_indexes, open_storage
from tests.client import Client, running, until_ready
from tests.garbage import garbage_is_collected, what_is_loaded_is_not_searched
from tests.pipeline.stack import Stack, stack
from tests.world import World

AGAIN = "run again"  # the outcome of a test that has failed and was run again

__all__ = ["garbage_is_collected", "what_is_loaded_is_not_searched"]  # fixtures of every test

CELEBRITY_THRESHOLD = 3  # of the application of `client`
PATIENT_S = 120  # long enough for a busy machine

# The duration of an example depends on the machine.
examples.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.register_profile("fuzz", examples.get_profile("suite"), max_examples=4_000)  # make fuzz
# make faults: that an example fails is enough, and a smaller one takes minutes on a real database.
examples.register_profile("faults", examples.get_profile("suite"), phases=[Phase.explicit, Phase.generate])
examples.load_profile("suite")


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


@pytest.fixture(scope="session")
async def one_client(one_storage: Storage, mongodb_url: str, redis_url: str) -> AsyncIterator[Client]:
    served = settings_of(mongodb_url, redis_url, one_storage.mongo.database.name)
    async with running(served) as http:
        await until_ready(http)
        yield Client(http)


@pytest.fixture
def client(one_client: Client, storage: Storage) -> Client:
    """A client of an application on the same, empty database."""
    return one_client


@pytest.fixture(scope="session")
def served(mongodb_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A real web process, for tests that need real sockets."""
    settings = settings_of(mongodb_url, redis_url, "served")
    with stack(settings, tmp_path_factory.mktemp("served"), "web") as running:
        yield running


def settings_of(mongodb_url: str, redis_url: str, database: str) -> Settings:
    """Settings without rate limits, since all tests use one address. Tests of the limits have their own servers."""
    return Settings(
        mongodb_url=mongodb_url,
        mongodb_database=database,
        redis_url=redis_url,
        celebrity_threshold=CELEBRITY_THRESHOLD,
        rate_limits="off",
        request_timeout_s=PATIENT_S,
    )


@pytest.fixture
def root() -> Path:
    return Path(__file__).parent.parent


async def empty(storage: Storage) -> None:
    for name in await storage.mongo.database.list_collection_names():
        if name != "meta":  # the data version is that of the database, not of its contents
            await storage.mongo.collection(name).delete_many({})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the failures of tests that were run again: see `tests/web/conftest.py`."""
    for report in terminalreporter.stats.get(AGAIN, []):
        terminalreporter.section(f"{report.nodeid} has failed and was run again")
        terminalreporter.write_line(report.longreprtext)
