"""Reads that are sent again, since a server was stopped or replaced, or has lost a snapshot."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from pymongo.errors import AutoReconnect, OperationFailure, ServerSelectionTimeoutError

SNAPSHOT_UNAVAILABLE = 246
SNAPSHOT_LOST = {239, SNAPSHOT_UNAVAILABLE}  # 239: SnapshotTooOld
SNAPSHOT_PAUSES_S = (0.01, 0.05, 0.2)
# The errors after which drivers send a read again: a server stops, steps down or is away.
# Source: https://github.com/mongodb/specifications, retryable-reads.md
RETRYABLE = {6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436}

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def retry_snapshot(
    read: Callable[Parameters, Coroutine[Any, Any, Result]],
) -> Callable[Parameters, Coroutine[Any, Any, Result]]:
    """Wrap `read` so that it is retried if its snapshot is lost.

    A server loses a snapshot if an index was just created, or if the read takes minutes.
    """

    @wraps(read)
    async def read_again(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        for pause_s in SNAPSHOT_PAUSES_S:
            try:
                return await read(*args, **kwargs)
            except OperationFailure as error:
                if error.code not in SNAPSHOT_LOST:
                    raise
            await asyncio.sleep(pause_s)
        return await read(*args, **kwargs)

    return read_again


async def retry_read(read: Callable[[], Awaitable[Result]]) -> Result:
    """Return the result of `read`. If the connection or the server fails, it is called once more.

    It waits for a server only once.

    Why: the driver sends a read of a cursor again, and a command never.

    Raises:
        PyMongoError: The error of the second call, or one after which a second call cannot help.
    """  # noqa: DOC501  # both are a PyMongoError
    try:
        return await read()
    except ServerSelectionTimeoutError:
        raise
    except AutoReconnect:
        pass
    except OperationFailure as error:
        if error.code not in RETRYABLE:
            raise
    return await read()
