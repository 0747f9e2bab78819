"""64-bit ids: milliseconds in the high bits, randomness below.

No two processes coordinate, and no rule depends on a clock: a key that is taken already is simply drawn again.
The time in an id gives new things their place near the top; whatever its value, every feed stays exact.
"""

import secrets
import threading
import time
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
RANDOM_BITS = 21
MAX_ID = 2**62 - 1  # reached in the year 2089; watermarks use the values above

_EPOCH_MS = int(EPOCH.timestamp() * 1000)


class IdGenerator:
    """Draws ids that increase within one process, so that what one client does in turn is listed in that order."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def draw(self) -> int:
        drawn = (time.time_ns() // 1_000_000 - _EPOCH_MS) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
        with self._lock:
            if drawn <= self._last:  # the same millisecond, or a clock set back
                drawn = self._last + 1 + secrets.randbits(8)
            self._last = drawn
        return drawn


def instant_of(number: int) -> datetime:
    """When the id was drawn, in UTC, to the millisecond."""
    return EPOCH + timedelta(milliseconds=number >> RANDOM_BITS)


def first_id_at(instant: datetime) -> int:
    """The lowest id that can have been drawn at the instant."""
    return int((instant - EPOCH) / timedelta(milliseconds=1)) << RANDOM_BITS
