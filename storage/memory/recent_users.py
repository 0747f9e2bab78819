"""Accounts as this process has seen them a moment ago: for those beside posts and in lists, who are many and the same.

What this process changes is forgotten at once; what another one changes may be shown as it was for RECALL_S longer.
Nothing that a feed joins, and nothing that decides anything, is read from here.
"""

import time
from collections.abc import Collection as Ids
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from domain.records import User

RECALL_S = 2.0
MAX_RECALLED = 20_000


class RecentUsers:
    def __init__(self, *, recall_s: float = RECALL_S, max_recalled: int = MAX_RECALLED) -> None:
        self._recall_s = recall_s
        self._max_recalled = max_recalled
        self._seen: dict[int, tuple[User, float]] = {}
        self._changes = 0

    @property
    def changes(self) -> int:
        """How many changes have ended so far."""
        return self._changes

    def find(self, numbers: Ids[int]) -> dict[int, User]:
        since = time.monotonic() - self._recall_s
        seen = ((number, self._seen.get(number)) for number in numbers)
        return {number: found[0] for number, found in seen if found is not None and found[1] > since}

    def keep(self, users: Iterable[User], *, asked_at: float, changes: int) -> None:
        """Those that were asked for after so many changes; if there has been another since, they may be outdated."""
        if changes != self._changes:
            return
        for user in users:
            if len(self._seen) >= self._max_recalled:
                self._seen.clear()
            self._seen[user.id] = user, asked_at

    @contextmanager
    def changing(self, *numbers: int) -> Iterator[None]:
        """Forget the accounts when the change has been made, or may have been."""
        try:
            yield
        finally:
            self._changes += 1
            for number in numbers:
                self._seen.pop(number, None)
