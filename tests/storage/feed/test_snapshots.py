"""Each primary is confirmed once, before its first snapshot."""

from pathlib import Path

import pytest
from pymongo import ReadPreference

from domain.pages import PageRequest
from launch import start_mongod
from storage import create_indexes, open_storage
from tests.commands import Commands


def confirmations(sent: list[dict[str, object]]) -> int:
    return sum(command.get("readConcern") == {"level": "linearizable"} for command in sent)


@pytest.mark.parametrize("driver", ["pymongo", "motor"])
async def test_each_primary_is_confirmed_once(tmp_path: Path, driver: str) -> None:
    commands = Commands()
    server = start_mongod(tmp_path)
    opened = open_storage(server.url, database="tests", driver=driver, session_ttl_days=30, listeners=[commands])
    async with opened as storage:
        await create_indexes(storage.mongo)
        with commands.during() as first:
            await storage.feed.page(1, PageRequest(10))
        with commands.during() as second:
            await storage.feed.page(1, PageRequest(10))
        server.kill()
        server = start_mongod(tmp_path, port=server.port)
        with commands.during() as after_an_election:
            await storage.feed.page(1, PageRequest(10))
        with commands.during() as later:
            await storage.feed.page(1, PageRequest(10))
    server.stop()
    assert confirmations(first) == 1
    assert confirmations(second) == 0
    assert confirmations(after_an_election) >= 1
    assert confirmations(later) == 0


@pytest.mark.parametrize("driver", ["pymongo", "motor"])
async def test_options_of_the_url_weaken_neither_reads_nor_writes(mongodb_url: str, driver: str) -> None:
    weak = f"{mongodb_url}&readPreference=secondaryPreferred&w=1&journal=false&retryWrites=false"
    async with open_storage(weak, database="weak", driver=driver, session_ttl_days=30) as storage:
        users = storage.mongo.collection("users")
        assert users.read_preference == ReadPreference.PRIMARY
        assert users.write_concern.document == {"w": "majority", "j": True}
        async with storage.mongo.snapshot() as session:
            assert await users.find_one({}, session=session) is None
