"""Cancels tasks until they have ended.

Why: one `Task.cancel()` may be lost. In Python 3.11 `asyncio.wait_for` returns normally if the cancellation arrives in
the same step of the loop as the result. PyMongo and redis-py call `wait_for` on every connect, and PyMongo also
swallows a cancellation while it cleans up. A task that loops then runs for ever, and code that awaits it hangs.
Upstream: https://github.com/python/cpython/issues/86296, fixed in Python 3.12 only.
Tried with: CPython 3.11. With 3.12 the loop does one round.
"""

import asyncio
from typing import Any

CANCEL_AGAIN_AFTER_S = 1.0


async def stop(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel the tasks, again every CANCEL_AGAIN_AFTER_S, until all have ended. Their errors are dropped."""
    while pending := [task for task in tasks if not task.done()]:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=CANCEL_AGAIN_AFTER_S)
    await asyncio.gather(*tasks, return_exceptions=True)


async def finish(*tasks: "asyncio.Task[Any]", within_s: float) -> None:
    """Let the tasks end by themselves for `within_s`, then stop them."""
    if tasks:
        await asyncio.wait(tasks, timeout=within_s)
    await stop(*tasks)
