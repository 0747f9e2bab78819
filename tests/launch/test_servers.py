import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pymongo import MongoClient
from redis import Redis

from launch import LaunchError, Server, start_mongod, start_redis
from launch.binaries import _runnable
from launch.ports import free_port
from tests.launch.supervised import AWKWARD, ROOT, is_alive
from tests.waiting import wait_for


def test_mongod_keeps_acknowledged_writes_over_stop_kill_and_another_port(tmp_path: Path) -> None:
    server = start_mongod(tmp_path)
    _write(server, 1)
    server.stop()
    assert server.poll() == 0

    again = start_mongod(tmp_path)
    assert again.url == server.url
    _write(again, 2)
    again.kill()
    assert again.poll() == -signal.SIGKILL

    elsewhere = start_mongod(tmp_path, port=free_port())
    assert elsewhere.url != server.url
    _write(elsewhere, 3)
    with MongoClient[dict[str, int]](elsewhere.url) as client:
        assert sorted(each["_id"] for each in client.tests.numbers.find()) == [1, 2, 3]
    elsewhere.stop()


def test_a_server_locks_its_directory_while_it_runs(tmp_path: Path) -> None:
    """A second server would write to the same files."""
    server = start_redis(tmp_path)
    first = server.child
    try:
        assert not server.restart()
    finally:
        if server.child is not first:
            first.kill()
            first.wait()
        server.kill()
    assert server.restart()
    server.kill()


def test_redis_keeps_its_queue_and_its_address_over_restarts(tmp_path: Path) -> None:
    server = start_redis(tmp_path)
    with Redis.from_url(server.url) as client:
        client.rpush("queue", "task")
    server.stop()

    again = start_redis(tmp_path)
    assert again.url == server.url
    with Redis.from_url(again.url) as client:
        assert client.lpop("queue") == b"task"
    again.stop()


def test_servers_keep_their_files_in_a_folder_of_any_name(tmp_path: Path) -> None:
    directory = tmp_path.joinpath(*AWKWARD)
    for start in (start_mongod, start_redis):
        server = start(directory / start.__name__)
        server.kill()
        assert server.restart()
        wait_for(lambda server=server: is_listening(server.port))  # type: ignore[misc]
        server.stop()
        assert (server.directory / "lock").exists()
    assert list((directory / "start_mongod/db").iterdir())
    assert list((directory / "start_redis/appendonlydir").iterdir())


def is_listening(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def test_a_server_that_dies_while_starting_shows_the_end_of_its_log(tmp_path: Path) -> None:
    (tmp_path / "appendonlydir").write_text("not a directory")
    with pytest.raises(LaunchError, match=r"redis died while starting \(exit status 1\):\n(.*\n)*.*appendonlydir"):
        start_redis(tmp_path)


def test_an_answer_of_another_server_on_the_port_does_not_count(tmp_path: Path, redis_url: str) -> None:
    port = int(redis_url.rpartition(":")[2].partition("/")[0])
    with pytest.raises(LaunchError, match="in use"):
        start_redis(tmp_path, port=port)


def test_servers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from launch import start_mongod, start_redis
here = Path({str(tmp_path)!r})
print(start_mongod(here / "mongodb").pid, start_redis(here / "redis").pid, flush=True)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert all(map(is_alive, pids))
        parent.kill()
    wait_for(lambda: not any(map(is_alive, pids)))


def test_a_missing_binary_names_the_variable_to_set(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match=r"no embedded mongod .* set MONGODB_URL"):
        _runnable([], directory=tmp_path, name="mongod", variable="MONGODB_URL")


def test_a_binary_without_its_executable_bit_gets_one(tmp_path: Path) -> None:
    binary = tmp_path / "mongod"
    binary.touch(0o644)
    assert _runnable([binary], directory=tmp_path, name="mongod", variable="MONGODB_URL") == binary
    assert os.access(binary, os.X_OK)


def _write(server: Server, number: int) -> None:
    with MongoClient[dict[str, int]](server.url, w="majority") as client:
        client.tests.numbers.insert_one({"_id": number})
