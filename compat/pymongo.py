"""PyMongo's pool, which also closes the sockets of connections that are cancelled while they are opened.

Why: PyMongo closes the socket after an OSError or a timeout, but not after a CancelledError. Its monitors cancel
connects whenever a client is closed, and we cancel them at each deadline. The garbage collector closes the socket some
time later, with a ResourceWarning.
Upstream: https://github.com/mongodb/mongo-python-driver/pull/2858 (PYTHON-5867), closed; `_async_create_connection` in
https://github.com/mongodb/mongo-python-driver/blob/4.20.0/pymongo/pool_shared.py
Tried with: pymongo 4.20.0.
"""

import asyncio
from socket import socket
from typing import Any

from pymongo.asynchronous.pool import AsyncConnection, Pool
from pymongo.pool_shared import _async_create_connection

Options = dict[str, Any]


class ClosingPool(Pool):
    async def connect(self, handler: Any = None) -> AsyncConnection:
        try:
            return await super().connect(handler)
        except (asyncio.CancelledError, GeneratorExit) as cancelled:
            _close_socket_of(cancelled)
            raise


def closing_sockets() -> Options:
    """Return options for an AsyncMongoClient that closes the sockets of cancelled connects.

    Upstream: `_pool_class` is read in https://github.com/mongodb/mongo-python-driver/blob/4.20.0/pymongo/asynchronous/mongo_client.py
    """
    return {"_pool_class": ClosingPool}


def _close_socket_of(cancelled: BaseException) -> None:
    """Close the socket that was being connected. Only the frame of the function still refers to it."""
    step = cancelled.__traceback__
    while step is not None:
        if step.tb_frame.f_code is _async_create_connection.__code__:
            opening = step.tb_frame.f_locals.get("sock")
            if isinstance(opening, socket):
                opening.close()
        step = step.tb_next
