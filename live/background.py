"""Work that goes on beside requests, and how it ends."""

import asyncio
from typing import Any

CANCEL_AGAIN_AFTER_S = 1.0


async def finish(*tasks: "asyncio.Task[Any]", within_s: float) -> None:
    """Let them end by themselves for so long, then cancel.

    PyMongo's asynchronous client leaks the socket of a connection whose opening is cancelled.
    """
    if tasks:
        await asyncio.wait(tasks, timeout=within_s)
    await stop(*tasks)


async def stop(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel until all have ended: one cancellation may be swallowed by a client that is cleaning up after itself."""
    while pending := [task for task in tasks if not task.done()]:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=CANCEL_AGAIN_AFTER_S)
    await asyncio.gather(*tasks, return_exceptions=True)
