"""A part of `tweeter up` that dies is restarted. One that keeps dying stops everything."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from launch import orphan_reaper, start_redis
from launch.children import start_child, stop_children
from launch.processes import Process
from launch.restarts import DEATHS, Part
from launch.terminal import Terminal
from tests.launch.supervised import HEALTHY, PARENT, SLEEPER, STUBBORN, Supervised, is_alive
from tests.waiting import wait_for

Start = Callable[..., Supervised]

AGAIN = "started again"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with (tmp_path / "shown").open("wb") as shown:
        terminal = Terminal(shown.fileno())
        yield terminal
        terminal.close()


@pytest.fixture
def sleeper() -> Iterator[Process]:
    """Start the leader of a new process group."""
    child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    yield Process("sleeper", child)
    child.kill()
    child.wait()


@pytest.mark.parametrize(
    ("command", "ending"),
    [
        ("sh -c 'echo $$ >> pids; exit 7'", "ended with exit status 7"),
        ("sh -c 'echo $$ >> pids; exit 0'", "ended with exit status 0"),
        ("sh -c 'echo $$ >> pids; kill -KILL $$'", "was killed by SIGKILL"),
        ("sh -c 'sleep 1000 & echo $! >> pids; kill -TERM $$'", "was killed by SIGTERM"),
    ],
)
def test_a_part_that_dies_five_times_within_a_minute_stops_everything(
    start: Start, addresses: dict[str, str], command: str, ending: str
) -> None:
    supervised = start(addresses, steady="sleep 1000", brief=command)
    assert supervised.child.wait(30) == 1
    assert len(supervised.pids()) == DEATHS
    assert supervised.output().count(f"brief {ending}: {AGAIN}") == DEATHS - 1
    assert f"brief {ending}, for the 5th time within a minute: stopping everything" in supervised.output()
    assert not any(map(is_alive, supervised.pids()))


@pytest.mark.parametrize(("command", "status"), [("no-such-command", 127), ("/etc/passwd", 126)])
def test_a_command_that_cannot_be_executed_stops_everything_at_once(
    start: Start, addresses: dict[str, str], command: str, status: int
) -> None:
    supervised = start(addresses, steady="sleep 1000", wrong=command)
    assert supervised.child.wait(60) == 1
    assert f"wrong ended with exit status {status}, its command cannot be run: stopping everything" in (
        supervised.output()
    )
    assert AGAIN not in supervised.output()


def test_deaths_that_are_far_apart_stop_nothing(
    tmp_path: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launch.restarts.WITHIN_SECONDS", 0.0)
    child = start_child("brief", "sh -c 'exit 7'", directory=tmp_path, environment=dict(os.environ), terminal=terminal)
    said: list[str] = []
    part = Part(child, said.append, guard=lambda _: None)

    def has_died_often() -> bool:
        assert part.tend() == ""
        return len(said) > 2 * DEATHS

    wait_for(has_died_often)
    stop_children([child], hurried=lambda: True)


def test_a_part_without_its_directory_is_retried_and_then_given_up(tmp_path: Path, terminal: Terminal) -> None:
    directory = tmp_path / "gone"
    directory.mkdir()
    child = start_child(
        "brief", "sh -c 'rmdir ../gone'", directory=directory, environment=dict(os.environ), terminal=terminal
    )
    part = Part(child, say=pytest.fail, guard=lambda _: None)
    reasons: list[str] = []

    def is_given_up() -> bool:
        reasons.append(part.tend())
        return bool(reasons[-1])

    wait_for(is_given_up)
    assert reasons[-1].startswith("brief cannot be started again ([Errno 2]")
    stop_children([child], hurried=lambda: True)


def test_the_children_of_a_dead_part_are_killed_before_its_restart(start: Start, addresses: dict[str, str]) -> None:
    supervised = start(addresses, web=HEALTHY, parent=PARENT)
    before = supervised.wait_for_pids(2)
    os.kill(before[1], signal.SIGKILL)
    after = supervised.wait_for_pids(4)[2:]
    assert not any(map(is_alive, before))
    supervised.wait_for_output(f"parent was killed by SIGKILL: {AGAIN}")
    supervised.wait_for_output("Tweeter is ready")
    supervised.child.kill()  # the orphan reaper knows the restarted process
    supervised.child.wait()
    wait_for(lambda: not any(map(is_alive, after)))


def test_a_part_that_dies_during_the_stop_is_not_restarted(start: Start, addresses: dict[str, str]) -> None:
    supervised = start(addresses, stubborn=STUBBORN, sleeper=SLEEPER)
    supervised.wait_for_pids(3)
    supervised.child.send_signal(signal.SIGTERM)
    supervised.wait_for_output("stopping")
    os.kill(supervised.part("sleep 1000"), signal.SIGKILL)
    assert supervised.child.wait(10) == 0
    assert len(supervised.pids()) == 3
    assert AGAIN not in supervised.output()
    assert not any(map(is_alive, supervised.pids()))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_slow_restart_of_a_server_delays_neither_the_watch_nor_the_stop(start: Start, end: signal.Signals) -> None:
    supervised = start(web=HEALTHY, parent=PARENT)
    supervised.wait_for_output("Tweeter is ready")
    killed = supervised.part("mongod")
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: supervised.is_another("mongod", killed))
    slow = supervised.part("mongod")
    os.kill(slow, signal.SIGSTOP)  # before it has answered
    supervised.wait_for_output(f"mongod was killed by SIGKILL: {AGAIN}")
    os.kill(supervised.wait_for_pids(2)[1], signal.SIGKILL)
    pids = [slow, *supervised.wait_for_pids(4), *supervised.children()]
    supervised.child.send_signal(end)
    assert supervised.child.wait(10) == (-signal.SIGKILL if end == signal.SIGKILL else 0)
    wait_for(lambda: not any(map(is_alive, pids)))


def test_a_server_is_not_restarted_while_its_directory_is_in_use(tmp_path: Path) -> None:
    server = start_redis(tmp_path)
    server.kill()
    with (tmp_path / "lock").open() as lock:  # held as if by a child of the server that still writes
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not server.restart()
    assert server.restart()
    with Redis.from_url(server.url, retry=Retry(NoBackoff(), 0)) as client:
        wait_for(lambda: answers(client))
    server.stop()


def test_an_ended_leader_is_reaped_with_its_group(sleeper: Process) -> None:
    assert not sleeper.has_ended()
    os.kill(sleeper.pid, signal.SIGKILL)
    wait_for(sleeper.has_ended)
    sleeper.terminate()
    assert Path(f"/proc/{sleeper.pid}").exists()
    assert sleeper.bury() == -signal.SIGKILL
    assert not Path(f"/proc/{sleeper.pid}").exists()


def test_the_orphan_reaper_spares_removed_groups(sleeper: Process) -> None:
    told = f"{sleeper.pid}\n{-sleeper.pid}\n"
    subprocess.run([sys.executable, "-I", "-S", orphan_reaper.__file__], input=told.encode(), check=True, timeout=30)
    assert not sleeper.has_ended()


def test_the_orphan_reaper_spares_a_process_with_a_reused_number(sleeper: Process) -> None:
    earlier = str(int(orphan_reaper.started_at(sleeper.pid)) - 1)
    assert orphan_reaper.is_same(sleeper.pid, {sleeper.pid: orphan_reaper.started_at(sleeper.pid)})
    assert not orphan_reaper.is_same(sleeper.pid, {sleeper.pid: earlier})
    assert not orphan_reaper.is_same(sleeper.pid, {sleeper.pid: ""})  # it had ended before it was checked


def answers(client: Redis) -> bool:
    with suppress(RedisError):
        return bool(client.ping())
    return False
