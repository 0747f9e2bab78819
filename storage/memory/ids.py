"""Draws 64-bit ids without coordination between processes.

If an id is taken, the insert fails on `_id` and is repeated with another id. No rule depends on the clock.
"""

import secrets
import threading
import time

from domain.ids import EPOCH, RANDOM_BITS

_EPOCH_MS = int(EPOCH.timestamp() * 1000)


class IdGenerator:
    """Draws ids that increase within one process, so that lists show one client's actions in their order."""

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
