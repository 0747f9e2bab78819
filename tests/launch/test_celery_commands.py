"""Celery's own commands find the broker of a running `tweeter up` without an address in the environment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from launch.ports import free_port
from launch.running import holding, record
from running import Running, with_servers_of_up
from settings import Settings
from tests.conftest import settings_of
from tests.pipeline.stack import Stack, stack
from tests.waiting import wait_for

CELERY = str(Path(sys.executable).with_name("celery"))
WITHIN_S = 180  # a busy machine is no failure
ADDRESSES = ("MONGODB_URL", "REDIS_URL", "BROKER_URL")


def celery(root: Path, data_dir: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the checkout as a user would, except for DATA_DIR."""
    inherited = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    return subprocess.run(
        [CELERY, "-A", "worker", *arguments],
        cwd=root,
        env=inherited | {"DATA_DIR": str(data_dir)} | environment,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


@pytest.fixture(scope="module")
def working(mongodb_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Start a worker. Yield a data directory with the record of a `tweeter up`."""
    directory = tmp_path_factory.mktemp("up")
    settings = settings_of(mongodb_url, f"{redis_url.rpartition('/')[0]}/6", "celery")
    with holding(directory, "up"), stack(settings, directory, "worker") as running:
        record(directory, Running(command="up", pid=1, mongodb_url=settings.mongodb_url, redis_url=settings.redis_url))
        wait_for(lambda: "ready." in running.log("worker"))
        yield running


@pytest.mark.parametrize("command", [["status"], ["inspect", "ping"], ["inspect", "active_queues"]])
def test_a_command_reaches_the_worker(working: Stack, root: Path, command: list[str]) -> None:
    def is_reached() -> bool:
        """The command itself waits a second for the worker's answer, which a busy machine may miss."""
        ran = celery(root, working.directory, *command)
        return ran.returncode == 0 and "1 node online." in ran.stdout

    wait_for(is_reached)


def test_a_given_address_has_precedence(working: Stack, root: Path) -> None:
    ran = celery(root, working.directory, "status", REDIS_URL=f"redis://127.0.0.1:{free_port()}")
    assert ran.returncode != 0
    assert "1 node online." not in ran.stdout


@pytest.mark.parametrize("command", [["worker"], ["beat"], ["status"]])
def test_a_bad_variable_is_a_line_and_no_traceback(tmp_path: Path, root: Path, command: list[str]) -> None:
    ran = celery(root, tmp_path, *command, BROKER_URL="amqp://me:sec/ret@host", PORT="eighty")
    assert ran.returncode == 2
    bad = [line.partition(" must be ")[0] for line in ran.stderr.splitlines()]
    assert bad == ["tweeter: PORT", "tweeter: BROKER_URL"]
    assert "sec/ret" not in ran.stdout + ran.stderr


def test_only_a_running_up_is_found(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, mongodb_url="mongodb://found")
    other = settings.replace(mongodb_url="mongodb://other")
    found = Running(command="up", pid=1, mongodb_url="mongodb://found", redis_url="redis://found")
    assert with_servers_of_up(settings) == settings, "no command has ever used the directory"
    with holding(tmp_path, "up"):
        record(tmp_path, found)
        assert with_servers_of_up(settings).redis_url == "redis://found"
        assert with_servers_of_up(settings.replace(mongodb_url="")).mongodb_url == "mongodb://found"
        assert with_servers_of_up(other) == other, "of another system"
        elsewhere = settings.replace(broker_url="amqp://other")
        assert with_servers_of_up(elsewhere) == elsewhere, "with another broker"
        record(tmp_path, replace(found, broker_url="amqp://found"))
        assert with_servers_of_up(settings).broker == "amqp://found"
    record(tmp_path, found)
    assert with_servers_of_up(settings) == settings, "it has gone"
    with holding(tmp_path, "seed"):
        record(tmp_path, replace(found, command="seed"))
        assert with_servers_of_up(settings) == settings, "its servers end with it"
