"""A process with a stuck event loop is ended and restarted. A suspended process survives."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from launch.ports import free_port
from launch.servers import dies_with_parent
from serving.server.process import WebConfig, WebServer
from serving.server.watchdog import STUCK
from tests.pipeline.stack import ROOT
from tests.waiting import wait_for

STUCK_S = 2
FREEZES = {"python": STUCK, "call": STUCK, "lock": -signal.SIGVTALRM}  # the exit status of a single process


@dataclass(frozen=True, slots=True)
class Served:
    child: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def pid(self) -> int | None:
        """Return the pid of the process that answers, or None."""
        with suppress(httpx.TransportError):
            return int(httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=1).text)
        return None

    def until_answered(self) -> int:
        wait_for(self.pid)
        pid = self.pid()
        return pid if pid is not None else self.until_answered()

    def children(self) -> set[int]:
        listed = Path(f"/proc/{self.child.pid}/task").glob("*/children")
        return {int(pid) for file in listed for pid in file.read_text().split()}

    def freeze(self, how: str) -> None:
        with suppress(httpx.TransportError):
            httpx.get(f"http://127.0.0.1:{self.port}/freeze/{how}", timeout=0.5)


@contextmanager
def served(directory: Path, processes: int) -> Iterator[Served]:
    port, log = free_port(), directory / "log"
    with log.open("ab") as output:
        child = subprocess.Popen(
            dies_with_parent(
                [sys.executable, "-m", "tests.serving.server.freezing", str(port), str(processes), str(STUCK_S)]
            ),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Served(child, port, log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(30)


@pytest.mark.parametrize("how", FREEZES)
def test_a_stuck_single_process_logs_its_stacks_and_ends(tmp_path: Path, how: str) -> None:
    with served(tmp_path, 1) as web:
        web.until_answered()
        web.freeze(how)
        assert web.child.wait(60) == FREEZES[how]
        log = web.log.read_text()
        assert "in freeze" in log
        assert ("has been stuck for 2 seconds" in log) == (how != "lock")
    with served(tmp_path, 1) as again:  # like a supervisor
        assert again.until_answered()


def test_the_stuck_one_of_two_processes_is_restarted(tmp_path: Path) -> None:
    with served(tmp_path, 2) as web:
        web.until_answered()
        before = web.children()
        web.freeze("python")
        wait_for(lambda: before - web.children() and web.children() - before)
        assert "in freeze" in web.log.read_text()
        assert web.until_answered() in web.children()
        assert web.child.poll() is None


def test_a_suspended_process_survives(tmp_path: Path) -> None:
    """A laptop's sleep or a debugger suspends it."""
    with served(tmp_path, 1) as web:
        pid = web.until_answered()
        os.killpg(web.child.pid, signal.SIGSTOP)
        resumed_at = time.monotonic() + 2 * STUCK_S
        wait_for(lambda: time.monotonic() > resumed_at)
        os.killpg(web.child.pid, signal.SIGCONT)
        watched_until = time.monotonic() + 2 * STUCK_S
        wait_for(lambda: web.pid() == pid and time.monotonic() > watched_until)
        assert "stuck" not in web.log.read_text()
        assert web.child.poll() is None


async def test_a_slow_import_does_not_count_as_stuck() -> None:
    watched: list[bool] = []

    class Loading(WebConfig):
        def load(self) -> None:
            watched.append(any(thread.name == "watchdog" for thread in threading.enumerate()))
            super().load()

    server = WebServer(Loading("tests.serving.server.alone:app", lifespan="off", loop_stuck_s=60, log_config=None))
    server.should_exit = True
    await server._serve([])
    assert watched == [False]
