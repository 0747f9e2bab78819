from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from settings import Settings
from tests.launch.supervised import Supervised


@pytest.fixture
def addresses(mongodb_url: str, redis_url: str) -> dict[str, str]:
    """Settings with the suite's servers, for tests of other things."""
    return {"MONGODB_URL": mongodb_url, "REDIS_URL": redis_url}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    """Return a function that starts `tweeter up` with the test's Procfile. Its processes are killed at the end."""
    started: list[Supervised] = []

    def start(
        environment: dict[str, str] | None = None, directory: Path | None = None, /, **commands: str
    ) -> Supervised:
        started.append(Supervised.start(directory or tmp_path / f"up-{len(started)}", environment or {}, commands))
        return started[-1]

    yield start
    for each in started:
        each.end()
