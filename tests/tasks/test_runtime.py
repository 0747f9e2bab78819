"""The event loop of a worker while MongoDB is away, unfit, and back."""

import gc
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from launch import start_mongod
from launch.ports import free_port
from storage import Misconfigured, create_indexes, open_storage
from tasks.messages import Message
from tasks.runtime import Runtime
from tasks.services import TaskServices
from tests.servers import start_other_mongod
from tests.world import make_policy


async def core(services: TaskServices) -> list[Message]:
    await services.storage.mongo.ping()
    return []


def opening(url: str) -> Callable[[], AbstractAsyncContextManager[TaskServices]]:
    @asynccontextmanager
    async def open_services() -> AsyncIterator[TaskServices]:
        async with open_storage(url, database="runtime", driver="pymongo", session_ttl_days=30) as storage:
            await create_indexes(storage.mongo)
            yield TaskServices.of(storage, make_policy())

    return open_services


# A connection that times out while it is being made is left to the garbage collector (pymongo 4.20).
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
def test_while_mongodb_is_away_one_thread_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.runtime.START_WITHIN_S", 0.1)
    monkeypatch.setattr("storage.mongo.CONNECT_TIMEOUT_MS", 200)
    port = free_port()
    before = set(threading.enumerate())
    runtime = Runtime(opening(f"mongodb://127.0.0.1:{port}/?replicaSet=tweeter"))
    for _ in range(3):
        with pytest.raises(TimeoutError, match="MongoDB is away"):
            runtime.run(core)
    loops = [each for each in set(threading.enumerate()) - before if "_live" in each.name or "run" in each.name]
    assert len(loops) == 1
    server = start_mongod(tmp_path, port=port)
    monkeypatch.setattr("tasks.runtime.START_WITHIN_S", 60)
    assert runtime.run(core) == []
    assert loops[0].is_alive()
    runtime.close()
    server.stop()
    gc.collect()  # now, and not during another test


def test_an_unfit_server_fails_each_task_at_once(tmp_path: Path) -> None:
    server = start_other_mongod(tmp_path)
    runtime = Runtime(opening(server.url))
    for _ in range(2):
        with pytest.raises(Misconfigured, match="MONGODB_URL is not a replica set"):
            runtime.run(core)
    server.stop()
