import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

PATIENT_S = 60.0  # long enough for a busy machine
MOST_TURNS = 10_000


def bounded(most: int = MOST_TURNS) -> Iterator[int]:
    """Yield the numbers of turns for a loop that its body ends.

    Raises:
        AssertionError: The loop did not end within `most` turns.
    """
    yield from range(most)
    raise AssertionError(f"the loop has not ended after {most} turns")


def wait_for(condition: Callable[[], object], seconds: float = PATIENT_S) -> None:
    """Wait until the condition is true.

    Raises:
        AssertionError: It is not true within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while not condition():  # ends: at the deadline
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        time.sleep(0.02)


async def wait_until(condition: Callable[[], Awaitable[object]], seconds: float = PATIENT_S) -> None:
    """Wait like `wait_for`, without blocking the event loop."""
    deadline = time.monotonic() + seconds
    while not await condition():  # ends: at the deadline
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        await asyncio.sleep(0.02)
