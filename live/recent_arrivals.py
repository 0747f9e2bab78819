"""The posts that have arrived in this process lately, in the order in which it learnt of them."""

from collections import OrderedDict
from collections.abc import Iterator
from math import inf
from typing import NamedTuple

MOST = 20_000  # posts


class Arrived(NamedTuple):
    """`place`: in the audience's order of events. `at`: by the monotonic clock, in seconds.

    `is_doubtful`: the post may have arrived before, and been forgotten.
    """

    post: int
    author: int
    place: int
    at: float
    is_doubtful: bool = False


class RecentArrivals:
    """`forgotten`: the highest id of a post that has been forgotten. A post that is not known here and has no higher id
    may have arrived and been forgotten.
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
        """Whether it has forgotten a post that arrived after the place, and not before the time."""
        return self._last_forgotten.place > place and self._last_forgotten.at >= at
