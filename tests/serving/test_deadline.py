"""An operation that MongoDB keeps waiting is stopped, and what is said of it is true."""

import os
import signal
from collections.abc import AsyncIterator, Iterator

import pytest

from launch import Server, start_mongod
from settings import Settings
from storage import Storage, create_indexes, open_storage
from tests.client import Client, Someone, running, sign_up, until_ready
from tests.conftest import empty
from tests.waiting import wait_until
from tests.world import World

CREATE = 'mutation { createPost(input: {text: "hello"}) { __typename } }'
SOMEBODY = '{ user(alias: "ann") { alias } }'


@pytest.fixture(scope="module")
def mongod(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that a test may stop without stopping the others."""
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
async def client(mongod: Server, redis_url: str) -> AsyncIterator[Client]:
    settings = Settings(mongodb_url=mongod.url, redis_url=redis_url, mongodb_database="slow", request_timeout_s=1)
    async with running(settings) as http:
        await until_ready(http)
        yield Client(http)


async def test_a_change_that_was_stopped_may_be_made_all_the_same(
    client: Client, storage: Storage, ann: Someone
) -> None:
    admin = storage.mongo.database.client.admin
    await admin.command({"fsync": 1, "lock": True})  # whoever writes waits
    try:
        answer = await client.ask(CREATE, token=ann.token)
    finally:
        await admin.command("fsyncUnlock")
    assert (answer.status, answer.codes) == (503, ["INTERNAL"])
    assert "stopped after 1 seconds" in answer.errors[0]["message"]
    assert "may or may not" in answer.errors[0]["message"]
    assert answer.errors[0]["extensions"]["requestId"]

    async def is_made() -> bool:
        return await storage.mongo.collection("posts").count_documents({}) == 1

    await wait_until(is_made)


async def test_a_database_that_hangs_keeps_nobody_waiting(client: Client, mongod: Server, ann: Someone) -> None:
    os.kill(mongod.pid, signal.SIGSTOP)
    try:
        asked = [await client.ask(SOMEBODY), await client.ask(SOMEBODY, token=ann.token)]
    finally:
        os.kill(mongod.pid, signal.SIGCONT)
    for answer in asked:
        assert (answer.status, answer.data, answer.codes) == (503, None, ["INTERNAL"])
    assert "not answered" in asked[1].errors[0]["message"], "nobody knows who asks"
    assert await client(SOMEBODY) == {"user": {"alias": "ann"}}
