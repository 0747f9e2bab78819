"""A web process that stops while it waits for MongoDB, as seen by its supervisor and its clients."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from launch import Server, start_mongod
from settings import Settings
from storage import Storage, create_indexes, open_storage
from tests.client import Someone, sign_up
from tests.pipeline.stack import Stack, stack
from tests.waiting import wait_for, wait_until
from tests.world import World

CREATE = 'mutation { createPost(input: {text: "hello"}) { __typename } }'
NOBODY = "127.0.0.1:9"


@pytest.fixture(scope="module")
def mongod(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A MongoDB of this file, which tests may lock."""
    server = start_mongod(tmp_path_factory.mktemp("locked"))
    yield server
    server.stop()


@pytest.fixture
def settings(mongod: Server, redis_url: str) -> Settings:
    return Settings(mongodb_url=mongod.url, redis_url=redis_url, mongodb_database="stopping")


@pytest.fixture
async def storage(mongod: Server) -> AsyncIterator[Storage]:
    async with open_storage(mongod.url, database="stopping", driver="pymongo", session_ttl_days=30) as storage:
        await create_indexes(storage.mongo)
        yield storage


@asynccontextmanager
async def locked(storage: Storage) -> AsyncIterator[None]:
    """Lock MongoDB, so that writes wait."""
    admin = storage.mongo.database.client.admin
    await admin.command({"fsync": 1, "lock": True})
    try:
        yield
    finally:
        await admin.command("fsyncUnlock")


async def is_writing(storage: Storage) -> bool:
    found = await storage.mongo.database.client.admin.command({"currentOp": 1, "waitingForLock": True})
    return any(each.get("ns", "").startswith("stopping.") for each in found["inprog"])


async def is_refused(running: Stack) -> bool:
    try:
        _, writer = await asyncio.open_connection(running.settings.host, running.settings.port)
    except ConnectionRefusedError:
        return True
    writer.close()
    return False


def post(http: httpx.AsyncClient, ann: Someone) -> "asyncio.Task[httpx.Response]":
    headers = {"Authorization": f"Bearer {ann.token}"}
    return asyncio.ensure_future(http.post("/graphql", json={"query": CREATE}, headers=headers))


@pytest.mark.parametrize("processes", [1, 2])
async def test_a_running_operation_is_finished(
    settings: Settings, storage: Storage, tmp_path: Path, processes: int
) -> None:
    ann = await sign_up(World(storage), f"ann{processes}")
    patient = settings.replace(web_concurrency=processes, request_timeout_s=60, stop_within_s=60)
    with stack(patient, tmp_path, "web") as running:
        async with httpx.AsyncClient(base_url=running.url, timeout=60) as http:
            async with locked(storage):
                posting = post(http, ann)
                await wait_until(lambda: is_writing(storage))
                running.running["web"].terminate()
                await wait_until(lambda: is_refused(running))
                assert not posting.done()
            answer = await posting
        assert answer.json() == {"data": {"createPost": {"__typename": "PostCreated"}}}
        assert answer.headers["connection"] == "close"
        assert await asyncio.to_thread(running.running["web"].wait, 60) in (0, -signal.SIGTERM)
        assert "Traceback" not in running.log("web")


async def test_a_slow_operation_is_answered_that_it_was_cancelled(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    ann = await sign_up(World(storage), "eve")
    hasty = settings.replace(request_timeout_s=20, stop_within_s=1)
    with stack(hasty, tmp_path, "web") as running:
        async with httpx.AsyncClient(base_url=running.url, timeout=60) as http, locked(storage):
            posting = post(http, ann)
            await wait_until(lambda: is_writing(storage))
            running.running["web"].terminate()
            answer = await posting
        (error,) = answer.json()["errors"]
        assert answer.status_code == 503
        assert "The server stopped" in error["message"]
        assert "may or may not" in error["message"]
        assert error["extensions"] == {"code": "INTERNAL", "requestId": answer.headers["x-request-id"]}
        assert await asyncio.to_thread(running.running["web"].wait, 60) in (0, -signal.SIGTERM)
        assert f"request_id={answer.headers['x-request-id']}" in running.log("web")
        assert "Traceback" not in running.log("web")


def test_a_process_that_waits_for_mongodb_stops_at_once(redis_url: str, tmp_path: Path) -> None:
    """The process does not listen yet."""
    away = Settings(mongodb_url=f"mongodb://{NOBODY}/?replicaSet=none", redis_url=redis_url)
    with stack(away, tmp_path) as running:
        running.start("web")
        web = running.running["web"]
        wait_for(lambda: "Waiting for application startup" in running.log("web") or web.poll() is not None)
        assert web.poll() is None, running.log("web")
        web.terminate()
        assert web.wait(15) in (0, -signal.SIGTERM)
        assert "listening all the same" not in running.log("web")
