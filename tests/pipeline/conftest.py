"""Each pipeline test has its own database on the suite's mongod, and a Redis that it may kill."""

from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from composition.tasks import task_services_of
from launch import Server, start_redis
from settings import Settings
from storage import Storage

_databases = count(1)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[Server]:
    server = start_redis(tmp_path / "redis")
    yield server
    server.stop()


@pytest.fixture
def settings(mongodb_url: str, redis_server: Server) -> Settings:
    return Settings(
        mongodb_url=mongodb_url,
        redis_url=redis_server.url,
        mongodb_database=f"pipeline{next(_databases)}",
        rate_limits="off",  # tests do in seconds what takes users hours
    )


@pytest.fixture
async def storage(settings: Settings) -> AsyncIterator[Storage]:
    """The database of the test's stack, opened by the test."""
    async with task_services_of(settings) as services:
        yield services.storage
