"""Counting in one process, without asking anybody: the generic cell rate algorithm, one number per key."""

from collections import OrderedDict

from domain.rates import Rate

MAX_KEYS = 100_000  # beyond it, whoever has been silent longest is forgotten


class LocalRateLimiter:
    """A full bucket holds the rate's amount, and fills up evenly within its span."""

    def __init__(self, *, max_keys: int = MAX_KEYS) -> None:
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._max_keys = max_keys

    def wait(self, key: str, rate: Rate, *, now: float) -> float:
        """Seconds to wait until there will be one. Takes none."""
        return self._look(key, rate, now)[1]

    def take(self, key: str, rate: Rate, *, now: float) -> float:
        """Seconds to wait until there will be one; 0 where one was taken. `now` is a steady clock's."""
        full_at, wait_s = self._look(key, rate, now)
        if wait_s:
            return wait_s
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._max_keys:
            self._full_at.popitem(last=False)
        return 0.0

    def _look(self, key: str, rate: Rate, now: float) -> tuple[float, float]:
        """When the bucket would be full again after one more is taken, and the seconds until that may be done."""
        full_at = max(self._full_at.get(key, now), now) + rate.per_s / rate.amount
        wait_s = full_at - now - rate.per_s
        return full_at, wait_s if wait_s > 1e-6 else 0.0  # beyond what rounding makes of an exact moment

    def forget(self, key: str) -> None:
        self._full_at.pop(key, None)
