"""A read that is sent as a command is sent again if its connection or its server fails."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pymongo.errors import AutoReconnect, NotPrimaryError, OperationFailure, PyMongoError, ServerSelectionTimeoutError

from launch import start_mongod
from storage import open_storage
from storage.retries import retry_read

INTERRUPTED, BAD_VALUE = 11600, 2


@pytest.mark.parametrize("driver", ["pymongo", "motor"])
async def test_a_row_is_read_over_a_connection_that_a_restart_has_closed(tmp_path: Path, driver: str) -> None:
    server = start_mongod(tmp_path)
    async with open_storage(server.url, database="tests", driver=driver, session_ttl_days=30) as storage:
        assert await storage.mongo.find_row(None, [{"$documents": [{"number": 1}]}]) == {"number": 1}
        server.kill()
        server = start_mongod(tmp_path, port=server.port)
        assert await storage.mongo.find_row(None, [{"$documents": [{"number": 2}]}]) == {"number": 2}
        assert await storage.mongo.find_row(None, [{"$documents": [{}]}, {"$match": {"number": 2}}]) is None
    server.stop()


@pytest.mark.parametrize(
    ("error", "calls"),
    [
        (lambda: AutoReconnect("closed"), 2),
        (lambda: NotPrimaryError("stepped down"), 2),
        (lambda: OperationFailure("stops", INTERRUPTED), 2),
        (lambda: OperationFailure("wrong", BAD_VALUE), 1),
        (lambda: ServerSelectionTimeoutError("away"), 1),
    ],
)
async def test_only_errors_that_may_pass_are_tried_again_and_once(
    error: Callable[[], PyMongoError], calls: int
) -> None:
    called = 0

    async def fail() -> None:
        nonlocal called
        called += 1
        raise error()

    with pytest.raises(type(error())):
        await retry_read(fail)
    assert called == calls
