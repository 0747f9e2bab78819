"""A cache of accounts, for the authors beside posts and the accounts in lists, which are often the same.

A change by this process removes the account at once. A change by another process may stay invisible for RECALL_S.
Neither joins of a feed nor decisions read from this cache.
"""

import time
from collections.abc import Collection as Ids
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from cachetools import FIFOCache

from domain.records import User

RECALL_S = 2.0
MAX_RECALLED = 20_000


class RecentUsers:
    def __init__(self, *, recall_s: float = RECALL_S, max_recalled: int = MAX_RECALLED) -> None:
        self._recall_s = recall_s
        # Not a TTLCache, which takes 24 µs for the accounts of a page instead of 3.
        self._seen = FIFOCache[int, tuple[User, float]](max_recalled)
        self._changes = 0

    @property
    def size(self) -> int:
        return len(self._seen)

    @property
    def changes(self) -> int:
        """The number of changes that have ended so far."""
        return self._changes

    def find(self, numbers: Ids[int]) -> dict[int, User]:
        since = time.monotonic() - self._recall_s
        seen = ((number, self._seen.get(number)) for number in numbers)
        return {number: found[0] for number, found in seen if found is not None and found[1] > since}

    def keep(self, users: Iterable[User], *, asked_at: float, changes: int) -> None:
        """Cache users that were read after `changes` changes. Does nothing after another change: they may be stale."""
        if changes != self._changes:
            return
        for user in users:
            self._seen[user.id] = user, asked_at

    @contextmanager
    def changing(self, *numbers: int) -> Iterator[None]:
        """Remove the accounts from the cache after the block, even if the change in it fails."""
        try:
            yield
        finally:
            self._changes += 1
            for number in numbers:
                self._seen.pop(number, None)
