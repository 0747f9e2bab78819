"""Each process of the Procfile alone, as another runner starts it: it creates DATA_DIR and writes nothing else."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis

from launch.ports import free_port
from settings import Settings
from tasks.cores import SWEEP_EVERY_S
from tasks.messages import MAINTENANCE
from tests.answering import answers
from tests.launch.supervised import AWKWARD
from tests.pipeline.stack import Stack
from tests.waiting import wait_for


def is_web_ready(stack: Stack) -> bool:
    return answers(f"{stack.url}/readyz")


def is_worker_ready(stack: Stack) -> bool:
    return " ready." in stack.log("worker")


def is_beat_ready(stack: Stack) -> bool:
    with Redis.from_url(stack.settings.redis_url) as redis:
        return bool(redis.llen(MAINTENANCE) >= len(SWEEP_EVERY_S))


def is_flower_ready(stack: Stack) -> bool:
    return answers(f"http://127.0.0.1:{stack.settings.flower_port}/healthcheck")


READY: dict[str, Callable[[Stack], bool]] = {
    "web": is_web_ready,
    "worker": is_worker_ready,
    "beat": is_beat_ready,
    "flower": is_flower_ready,
}
WRITERS = {"flower": "flower", "web": "metrics"}  # the processes, and their files in DATA_DIR


@dataclass(frozen=True, slots=True)
class Machine:
    """Folders that must stay empty."""

    at: Path
    home: Path
    temporary: Path

    def written(self) -> list[Path]:
        return [file for folder in (self.at, self.home, self.temporary) for file in folder.rglob("*")]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path / "at", tmp_path / "home", tmp_path / "temporary")
    for folder in (machine.at, machine.home, machine.temporary):
        folder.mkdir(0o555)
    for variable in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", str(machine.home))
    monkeypatch.setenv("TMPDIR", str(machine.temporary))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    return machine


@pytest.mark.parametrize("name", READY)
def test_a_procfile_process_creates_its_data_dir_and_writes_nothing_elsewhere(
    name: str, machine: Machine, tmp_path: Path, addresses: dict[str, str]
) -> None:
    data = tmp_path.joinpath("missing", *AWKWARD)
    with Redis.from_url(addresses["REDIS_URL"]) as redis:
        redis.flushdb()
    settings = Settings(
        mongodb_url=addresses["MONGODB_URL"],
        mongodb_database="lines",
        redis_url=addresses["REDIS_URL"],
        port=free_port(),
        flower_port=free_port(),
        web_concurrency=2,
        data_dir=data,
    )
    stack = Stack(settings, tmp_path, at=machine.at)
    stack.start(name)
    try:
        wait_for(lambda: READY[name](stack) or has_ended(stack, name))
        assert not has_ended(stack, name), stack.log(name)
        if (
            name != "beat"
        ):  # celery 5.7 may hang if SIGTERM comes in the middle of a send: its handler closes the connection
            stack.end(name)
    finally:
        stack.stop()
    assert machine.written() == []
    assert sorted(each.name for each in tmp_path.iterdir() if each.name != f"{name}.log") == sorted(
        ["at", "home", "temporary", *(["missing"] if name in WRITERS else [])]
    )
    if name in WRITERS:
        assert {file.name.partition(".")[0] for file in data.iterdir()} == {WRITERS[name]}


def has_ended(stack: Stack, name: str) -> bool:
    return stack.running[name].poll() is not None
