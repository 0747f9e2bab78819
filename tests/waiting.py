import asyncio
import time
from collections.abc import Awaitable, Callable

PATIENT_S = 60.0  # a busy machine is no failure


def wait_for(condition: Callable[[], object], seconds: float = PATIENT_S) -> None:
    """Errors: AssertionError where the condition does not come true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        time.sleep(0.02)


async def wait_until(condition: Callable[[], Awaitable[object]], seconds: float = PATIENT_S) -> None:
    """As `wait_for`, while everything else in the event loop goes on."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        await asyncio.sleep(0.02)
