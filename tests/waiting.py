import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

PATIENT_S = 60.0  # a busy machine is no failure
MOST_TURNS = 10_000


def bounded(most: int = MOST_TURNS) -> Iterator[int]:
    """Yield the numbers of the turns of a loop that its body ends. Errors: AssertionError after `most` turns."""
    yield from range(most)
    raise AssertionError(f"the loop has not ended after {most} turns")


def wait_for(condition: Callable[[], object], seconds: float = PATIENT_S) -> None:
    """Errors: AssertionError where the condition does not come true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():  # ends: at the deadline
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        time.sleep(0.02)


async def wait_until(condition: Callable[[], Awaitable[object]], seconds: float = PATIENT_S) -> None:
    """As `wait_for`, while everything else in the event loop goes on."""
    deadline = time.monotonic() + seconds
    while not await condition():  # ends: at the deadline
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        await asyncio.sleep(0.02)
