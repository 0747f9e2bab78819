"""An operation that waits for MongoDB for too long is stopped with a correct error."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest
from structlog.testing import capture_logs
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from app import create_app
from launch import Server, start_mongod
from schema.execution.concurrency import Waiter
from schema.execution.limits import BUDGETS, LONG_CHARACTERS
from settings import Settings
from storage import DatabaseError, Storage, create_indexes, open_storage
from tests.client import Client, Someone, running, sign_up, until_ready
from tests.conftest import empty
from tests.serving.server.listening import listening
from tests.waiting import PATIENT_S, wait_until
from tests.world import World

CREATE = 'mutation { createPost(input: {text: "hello"}) { __typename } }'
DEAR = "{ feed(first: 100) { edges { node { segments { text } author { alias followsViewer } } } } }"
NEW = "{ viewer { id } } #" + "." * LONG_CHARACTERS
PLAIN_FEED = "{ feed { edges { cursor } } }"
SOMEBODY = '{ user(alias: "ann") { alias } }'


@pytest.fixture(scope="module")
def mongod(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A MongoDB of this file, which tests may suspend."""
    server = start_mongod(tmp_path_factory.mktemp("slow"))
    yield server
    server.stop()


@pytest.fixture
async def storage(mongod: Server) -> AsyncIterator[Storage]:
    async with open_storage(mongod.url, database="slow", driver="pymongo", session_ttl_days=30) as storage:
        await create_indexes(storage.mongo)
        await empty(storage)
        yield storage


@pytest.fixture
async def ann(storage: Storage) -> Someone:
    return await sign_up(World(storage), "ann")


@pytest.fixture
def settings(mongod: Server, redis_url: str) -> Settings:
    return Settings(mongodb_url=mongod.url, redis_url=redis_url, mongodb_database="slow", request_timeout_s=2)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[Client]:
    async with running(settings) as http:
        await until_ready(http)
        yield Client(http)


@contextmanager
def hanging(server: Server) -> Iterator[None]:
    """Suspend the server: connections stay open but get no data."""
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


async def test_a_stopped_change_may_still_be_made(client: Client, storage: Storage, ann: Someone) -> None:
    admin = storage.mongo.database.client.admin
    await admin.command({"fsync": 1, "lock": True})  # blocks writes
    try:
        async with asyncio.timeout(PATIENT_S):  # without a deadline it would wait until the lock is released
            answer = await client.ask(CREATE, token=ann.token)
    finally:
        await admin.command("fsyncUnlock")
    assert (answer.status, answer.codes) == (503, ["INTERNAL"])
    assert "stopped after 2 seconds" in answer.errors[0]["message"]
    assert "may or may not" in answer.errors[0]["message"]
    assert answer.errors[0]["extensions"]["requestId"]

    async def is_made() -> bool:
        return await storage.mongo.collection("posts").count_documents({}) == 1

    await wait_until(is_made)


async def test_a_hanging_database_does_not_block_clients(client: Client, mongod: Server, ann: Someone) -> None:
    with hanging(mongod):
        async with asyncio.timeout(PATIENT_S):
            asked = [await client.ask(SOMEBODY), await client.ask(SOMEBODY, token=ann.token)]
            picture = await client.http.get("/media/images/none/96.webp")
            page = await client.http.get("/@nobody")
    for answer in asked:
        assert (answer.status, answer.data, answer.codes) == (503, None, ["INTERNAL"])
    assert "not answered" in asked[1].errors[0]["message"], "the session cannot be looked up"
    assert (picture.status_code, picture.headers["cache-control"]) == (503, "no-store")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8"), "nobody knows"

    async def is_back() -> bool:
        return bool((await client.ask(SOMEBODY)).data)

    await wait_until(is_back)


async def test_a_stopped_feed_is_not_tried_again(client: Client, mongod: Server, ann: Someone) -> None:
    """Its viewer was presumed, and its read has not confirmed the session."""
    for _ in range(2):
        await client(PLAIN_FEED, token=ann.token)
    with hanging(mongod), capture_logs() as logs:
        async with asyncio.timeout(PATIENT_S):
            answer = await client.ask(PLAIN_FEED, token=ann.token)
    assert (answer.status, answer.data, answer.codes) == (503, None, ["INTERNAL"])
    assert "stopped after 2 seconds" in answer.errors[0]["message"]
    assert [each["event"] for each in logs].count("graphql.took_too_long") == 1


async def test_an_operation_over_websocket_is_stopped_too(settings: Settings, mongod: Server) -> None:
    app = create_app(settings)
    async with app.router.lifespan_context(app), listening(app) as listener:
        address = f"127.0.0.1:{listener.port}"
        async with httpx.AsyncClient(base_url=f"http://{address}") as http:
            await until_ready(http)
        async with connect(f"ws://{address}/graphql", subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
            await socket.send('{"type": "connection_init"}')
            assert json.loads(await socket.recv())["type"] == "connection_ack"
            with hanging(mongod):
                await socket.send(json.dumps({"type": "subscribe", "id": "a", "payload": {"query": SOMEBODY}}))
                told = json.loads(await asyncio.wait_for(socket.recv(), PATIENT_S))
    assert told["type"] == "error"
    assert [error["extensions"]["code"] for error in told["payload"]] == ["INTERNAL"]


async def test_a_process_stops_cleanly_while_its_database_hangs(mongod: Server) -> None:
    with ExitStack() as until_closed:
        async with open_storage(mongod.url, database="slow", driver="pymongo", session_ttl_days=30) as storage:
            await storage.mongo.ping()
            until_closed.enter_context(hanging(mongod))
    with pytest.raises(DatabaseError, match="after close"):
        await storage.mongo.ping()


async def test_the_wait_for_a_turn_is_bounded_by_the_deadline(client: Client, ann: Someone) -> None:
    async with BUDGETS.dear_turns.turn(Waiter("192.0.2.1", None), within_s=10):
        answers = [await client.ask(query, token=ann.token) for query in (DEAR, NEW)]
        assert await client(SOMEBODY) == {"user": {"alias": "ann"}}
    for answer in answers:
        assert (answer.status, answer.data, answer.codes) == (503, None, ["INTERNAL"])
        assert "busy: this had no turn within 2 seconds" in answer.errors[0]["message"]

    async def is_answered() -> bool:
        return (await client.ask(DEAR, token=ann.token)).codes == []

    await wait_until(is_answered)
