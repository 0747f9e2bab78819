"""The posts that have arrived in this process recently, in order of arrival.

Kept by hand: a cache of cachetools cannot be read backwards, and does not say what it has evicted.
"""

from collections import OrderedDict
from collections.abc import Iterator
from math import inf
from typing import NamedTuple

MOST = 20_000  # posts


class Arrived(NamedTuple):
    """An arrived post.

    `place` is its place in the order of events in `Subscribers`. `at` is its time by the monotonic clock, in seconds.
    `is_doubtful` tells that the post may have arrived before and been forgotten.
    """

    post: int
    author: int
    place: int
    at: float
    is_doubtful: bool = False


class RecentArrivals:
    """The last `most` arrivals.

    `forgotten` is the highest id of a removed post. An unknown post with a lower id may have arrived and been removed.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._arrived: OrderedDict[int, Arrived] = OrderedDict()
        self._last_forgotten = Arrived(0, 0, 0, -inf)
        self.forgotten = 0

    def __contains__(self, post: int) -> bool:
        return post in self._arrived

    def __len__(self) -> int:
        return len(self._arrived)

    def __reversed__(self) -> Iterator[Arrived]:
        return reversed(self._arrived.values())

    def add(self, arrived: Arrived) -> None:
        self._arrived[arrived.post] = arrived
        if len(self._arrived) > self._most:
            _, self._last_forgotten = self._arrived.popitem(last=False)
            self.forgotten = max(self.forgotten, self._last_forgotten.post)

    def has_forgotten(self, *, place: int, at: float) -> bool:
        """Return whether a post was removed that arrived after the place and not before the time."""
        return self._last_forgotten.place > place and self._last_forgotten.at >= at
