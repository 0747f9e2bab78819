"""A real web process, for what only real sockets show."""

from collections.abc import Iterator

import pytest

from settings import Settings
from tests.pipeline.stack import Stack, stack


@pytest.fixture(scope="session")
def served(mongodb_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database="served")
    with stack(settings, tmp_path_factory.mktemp("served"), "web") as running:
        yield running
