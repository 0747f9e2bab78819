"""PyMongo's pool. tests/storage/test_cancelled_connects.py tests that no socket stays open."""

import inspect

from pymongo import AsyncMongoClient
from pymongo.asynchronous.pool import Pool
from pymongo.pool_shared import _async_create_connection

from compat.pymongo import ClosingPool, closing_sockets
from tests.compat.canaries import check_signature


def test_the_frame_of_the_connecting_function_has_the_socket() -> None:
    check_signature(Pool.connect, "self", "handler")
    assert inspect.iscoroutinefunction(Pool.connect)
    assert "sock" in _async_create_connection.__code__.co_varnames


def test_pymongo_still_leaves_the_socket_open() -> None:
    """The reason for ClosingPool. If this fails, upstream closes the socket and the pool can be removed."""
    source = inspect.getsource(_async_create_connection)
    assert "except OSError" in source
    assert "BaseException" not in source
    assert "CancelledError" not in source


async def test_a_client_accepts_the_pool() -> None:
    client: AsyncMongoClient[dict[str, object]] = AsyncMongoClient(
        "mongodb://127.0.0.1:1/", connect=False, **closing_sockets()
    )
    assert client._topology_settings.pool_class is ClosingPool
    await client.close()
