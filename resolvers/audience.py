"""Who is connected to this process, whom they follow, and what has arrived lately."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from weakref import WeakValueDictionary

from domain.errors import Interrupted
from resolvers.arrival import Arrival

WAITING_LIMIT = 256  # arrivals that a subscriber has not taken yet
LATELY = 10_000  # posts: far more than arrive while somebody's followees are read


@dataclass(slots=True, kw_only=True, eq=False)
class Subscriber:
    """One subscription, which began when the arrival at the place `since` was the latest, and what waits for it."""

    viewer: int
    token: str = field(repr=False)
    since: int
    followees: set[int] = field(default_factory=set)
    left_at: dict[int, int] = field(default_factory=dict)  # the place at which a followee was left
    unsure: set[int] = field(default_factory=set)  # of whom it must be read whether they are followees
    is_reading: bool = True
    _waiting: deque[Arrival] = field(default_factory=deque)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: Exception | None = None

    def put(self, arrival: Arrival) -> None:
        """Errors: Interrupted where WAITING_LIMIT arrivals have not been taken."""
        if self._ended:
            return
        if len(self._waiting) == WAITING_LIMIT:
            raise Interrupted
        self._waiting.append(arrival)
        self._arrived.set()

    def end(self, reason: Exception) -> None:
        """Raise the reason from now on, whatever is waiting."""
        self._ended = self._ended or reason
        self._waiting.clear()
        self._arrived.set()

    async def take(self) -> Arrival:
        """The next arrival. Errors: the reason why there is none."""
        await self._arrived.wait()
        if self._ended:
            raise self._ended
        arrival = self._waiting.popleft()
        if not self._waiting:
            self._arrived.clear()
        return arrival


class Audience:
    """The index: changed between two awaits only, so that nobody sees it half changed."""

    def __init__(self, *, make_arrival: Callable[[int, int], Arrival], note_slow: Callable[[], None]) -> None:
        self.place = 0  # of the latest arrival
        self._make_arrival = make_arrival
        self._note_slow = note_slow
        self._viewers: dict[int, set[Subscriber]] = {}
        self._following: dict[int, set[Subscriber]] = {}
        self._lately: OrderedDict[int, tuple[int, int]] = OrderedDict()  # a post's author and place
        self._arrivals: WeakValueDictionary[int, Arrival] = WeakValueDictionary()  # of posts that somebody waits for
        self._complete_after = 0  # from this place on, nothing is missing from what has arrived lately

    def __len__(self) -> int:
        return sum(map(len, self._viewers.values()))

    def __iter__(self) -> Iterator[Subscriber]:
        return iter([subscriber for subscribers in self._viewers.values() for subscriber in subscribers])

    def of(self, viewer: int) -> list[Subscriber]:
        return list(self._viewers.get(viewer, ()))

    def enter(self, subscriber: Subscriber) -> None:
        self._viewers.setdefault(subscriber.viewer, set()).add(subscriber)

    def leave(self, subscriber: Subscriber) -> None:
        for followee in list(subscriber.followees):
            self.part(subscriber, followee)
        _remove(self._viewers, subscriber.viewer, subscriber)

    def is_complete(self, *, since: int) -> bool:
        """Whether every post that has arrived after the place can still be found here."""
        return since >= self._complete_after

    def join(self, subscriber: Subscriber, followees: set[int], *, after: int = 0) -> None:
        """Index the followees. What has come from new ones since the subscription began, or since they were left, with
        an id above `after`, is handed over now. A subscriber who has gone meanwhile is let go.
        """
        if subscriber not in self._viewers.get(subscriber.viewer, ()):
            return
        new = followees - subscriber.followees
        subscriber.followees |= new
        for followee in new:
            self._following.setdefault(followee, set()).add(subscriber)
        begins = {followee: subscriber.left_at.pop(followee, subscriber.since) for followee in new}
        lately = takewhile(lambda arrived: arrived[1][1] > subscriber.since, reversed(self._lately.items()))
        overlooked = [
            post for post, (author, place) in lately if author in begins and place > begins[author] and post > after
        ]
        for post in reversed(overlooked):
            self._hand_over(post, subscriber)

    def part(self, subscriber: Subscriber, followee: int) -> None:
        if followee in subscriber.followees:
            subscriber.followees.remove(followee)
            subscriber.left_at[followee] = self.place
            _remove(self._following, followee, subscriber)

    def arrive(self, *, post: int, author: int) -> None:
        """To every subscriber who follows the author, once."""
        if post in self._lately:
            return
        self.place += 1
        self._lately[post] = author, self.place
        if len(self._lately) > LATELY:
            _, (_, place) = self._lately.popitem(last=False)
            self._complete_after = max(self._complete_after, place)
        for subscriber in self._following.get(author, ()):
            self._hand_over(post, subscriber)

    def interrupt(self) -> None:
        """End every subscription, and those that have begun but are not here yet."""
        self.place += 1
        self._complete_after = self.place
        for subscriber in self:
            subscriber.end(Interrupted())

    def _hand_over(self, post: int, subscriber: Subscriber) -> None:
        arrival = self._arrivals.get(post)
        if arrival is None:
            arrival = self._arrivals[post] = self._make_arrival(post, self._lately[post][0])
        try:
            subscriber.put(arrival)
        except Interrupted as slow:
            subscriber.end(slow)
            self._note_slow()


def _remove(index: dict[int, set[Subscriber]], key: int, subscriber: Subscriber) -> None:
    subscribers = index.get(key, set())
    subscribers.discard(subscriber)
    if not subscribers:
        index.pop(key, None)
