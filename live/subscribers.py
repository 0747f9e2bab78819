"""Who is connected to this process and follows whom, and what has arrived lately.

Places count the events in this process, so that it can be said which of two was first. Ids do not say that: they come
from clocks of several processes.
"""

import random
from collections.abc import Callable, Collection, Container, Iterator
from itertools import chain
from math import inf
from time import monotonic
from weakref import WeakValueDictionary

from domain.announcements import NOT_SENT
from domain.errors import Interrupted
from live.arrival import Arrival
from live.followings import FollowerIndex, IntegerSet
from live.recent_arrivals import Arrived, RecentArrivals
from live.subscriber import Subscriber
from live.viewer import Change, ConnectedViewer

# By how much a post can overtake the follow before it: the follow's majority is acknowledged, then it is announced.
OVERTAKEN_S = 30.0
MOST_KNOWN = 100  # posts that the announcement of a follow names
# What one client's subscribing and reading of the feed takes of this process, with room for what else it does.
RETURN_MS = 10
LONGEST_RETURN_MS = 60_000


class Subscribers:
    """The index: changed between two awaits only, so that it is never seen half changed."""

    def __init__(
        self,
        *,
        make_arrival: Callable[[int, int], Arrival],
        note_slow: Callable[[], None],
        lately: RecentArrivals | None = None,
    ) -> None:
        self.place = 0
        self._subscribers = 0
        self._make_arrival = make_arrival
        self._note_slow = note_slow
        self._viewers: dict[int, ConnectedViewer] = {}
        self._followings = FollowerIndex()
        self._lately = RecentArrivals() if lately is None else lately
        self._arrivals: WeakValueDictionary[int, Arrival] = WeakValueDictionary()  # that a subscriber waits for
        self._complete_after = 0  # who subscribed before this place has been interrupted

    # -- who is here --------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._subscribers

    def __iter__(self) -> Iterator[Subscriber]:
        return iter([subscriber for viewer in self._viewers.values() for subscriber in viewer.subscribers])

    def viewers(self) -> list[ConnectedViewer]:
        return list(self._viewers.values())

    def find_viewer(self, viewer: int) -> ConnectedViewer | None:
        return self._viewers.get(viewer)

    def of_viewer(self, viewer: int) -> list[Subscriber]:
        found = self._viewers.get(viewer)
        return list(found.subscribers) if found else []

    def enter(self, subscriber: Subscriber) -> ConnectedViewer:
        """If the viewer's followees are known, hand over what has come since the subscriber began; else `load` will."""
        viewer = self._viewers.setdefault(subscriber.viewer, ConnectedViewer(subscriber.viewer))
        viewer.subscribers.append(subscriber)
        self._subscribers += 1
        if viewer.is_loaded:
            self._catch_up(viewer, [subscriber], viewer.followees)
        return viewer

    def leave(self, subscriber: Subscriber) -> None:
        viewer = self._viewers.get(subscriber.viewer)
        if viewer is None or subscriber not in viewer.subscribers:
            return
        viewer.subscribers.remove(subscriber)
        self._subscribers -= 1
        if not viewer.subscribers:
            for followee in viewer.followees:
                self._followings.remove(followee, viewer.number)
            del self._viewers[viewer.number]

    # -- whom they follow ---------------------------------------------------------------------------------------------

    def load(self, viewer: ConnectedViewer, read: Collection[int], *, stale_since: float = -inf) -> None:
        """Take what has been read for the viewer's followees. Of those of whom the viewer is unsure nothing changes.

        What came from new ones since OVERTAKEN_S before the time is handed over. A viewer who has gone is left alone.
        """
        if self._viewers.get(viewer.number) is not viewer:
            return
        unsure = viewer.unsure
        now = IntegerSet(chain((one for one in read if one not in unsure), unsure.intersection(viewer.followees)))
        new, gone = now.difference(viewer.followees), viewer.followees.difference(now)
        for followee in gone:
            self._part(viewer, followee)
        viewer.followees = now
        for followee in new:
            self._followings.add(followee, viewer.number)
        waiting = [subscriber for subscriber in viewer.subscribers if not subscriber.caught_up]
        others = [subscriber for subscriber in viewer.subscribers if subscriber.caught_up]
        viewer.is_loaded = True
        self._catch_up(viewer, waiting, now)
        self._catch_up(viewer, others, new, heard_after=stale_since - OVERTAKEN_S)

    def change(
        self, viewer: ConnectedViewer, followee: int, *, edge: int = NOT_SENT, known: Collection[int] = ()
    ) -> None:
        """The edge has changed; until it is read again, the viewer does not follow. See FollowChanged."""
        now = monotonic()
        change = self._part(viewer, followee, at=now)
        if edge:
            change.announce(edge, known, at=now, keep_s=2 * OVERTAKEN_S)
        viewer.unsure.add(followee)

    def join(self, viewer: ConnectedViewer, followee: int, *, edge: int) -> bool:
        """The edge has been read. What came from the followee since the edge was made is handed over.

        If the edge is still to be announced, nothing is done: the announcement says what is older than the edge.
        Whether nothing is left to do.
        """
        change = viewer.changes.get(followee)
        announced = change.announced(edge) if change else ((), monotonic())
        if announced is None:
            return False
        if self._viewers.get(viewer.number) is not viewer or followee in viewer.followees:
            return True
        viewer.followees.add(followee)
        self._followings.add(followee, viewer.number)
        known, at = announced
        self._catch_up(viewer, viewer.subscribers, {followee}, heard_after=at - OVERTAKEN_S, known=known)
        return True

    def wait_no_longer(self, viewer: ConnectedViewer, followee: int) -> None:
        """For the announcement of the edge: it went unheard."""
        if followee not in viewer.followees and (change := viewer.changes.get(followee)):
            change.is_overdue = True
            viewer.unsure.add(followee)

    def known_posts(self, author: int) -> tuple[int, ...]:
        """Posts by the author that have come within OVERTAKEN_S, the latest first, up to MOST_KNOWN."""
        found: list[int] = []
        since = monotonic() - OVERTAKEN_S
        for arrived in reversed(self._lately):
            if arrived.at < since or len(found) == MOST_KNOWN:
                break
            if arrived.author == author:
                found.append(arrived.post)
        return tuple(found)

    def _part(self, viewer: ConnectedViewer, followee: int, *, at: float | None = None) -> Change:
        self.place += 1
        now = monotonic() if at is None else at
        change = viewer.note_change(followee, at=now, place=self.place, keep_s=2 * OVERTAKEN_S)
        if followee in viewer.followees:
            viewer.followees.discard(followee)
            self._followings.remove(followee, viewer.number)
        return change

    def _catch_up(
        self,
        viewer: ConnectedViewer,
        subscribers: Collection[Subscriber],
        followees: IntegerSet | set[int],
        *,
        heard_after: float = -inf,
        known: Container[int] = (),
    ) -> None:
        """Hand over what has come from the followees, who are new to the subscribers, and was heard after the time.

        Each subscriber gets what has come since it began. If it has got posts by a followee before, until the viewer
        left the followee: since then. One that may miss a post that is not known here any more is interrupted.
        """
        self.place += 1
        begin = min((subscriber.since for subscriber in subscribers), default=self.place)
        found: list[tuple[Arrived, Subscriber]] = []
        for arrived in reversed(self._lately):
            if arrived.place <= begin or arrived.at < heard_after:
                break
            if arrived.author not in followees or arrived.post in known:
                continue
            left = change.left if (change := viewer.changes.get(arrived.author)) else 0
            for each in subscribers:
                is_first = not each.caught_up or each.since < left < each.caught_up
                if arrived.place > (each.since if is_first else max(each.since, left)):
                    found.append((arrived, each))
        for arrived, subscriber in reversed(found):
            if arrived.is_doubtful:
                subscriber.end(self._interrupted())
            else:
                self._hand_over(arrived.post, arrived.author, subscriber)
        for subscriber in subscribers:
            self._check_complete(subscriber, heard_after)
            subscriber.caught_up = subscriber.caught_up or self.place

    def _check_complete(self, subscriber: Subscriber, heard_after: float) -> None:
        """Interrupt the subscriber if something that it may have to get is not known here any more."""
        was_interrupted = subscriber.since < self._complete_after and not subscriber.caught_up
        if was_interrupted or self._lately.has_forgotten(place=subscriber.since, at=heard_after):
            subscriber.end(self._interrupted())

    # -- what arrives -------------------------------------------------------------------------------------------------

    def arrive(self, *, post: int, author: int) -> None:
        """To every subscriber of those who follow the author, once."""
        if post in self._lately:
            return
        self._note(post, author)
        for viewer in self._followings.viewers_of(author):
            for subscriber in self._viewers[viewer].subscribers:
                self._hand_over(post, author, subscriber)

    def arrive_late(self, *, post: int, author: int) -> None:
        """As `arrive`, for a post that was found in the database.

        If it may have arrived and been forgotten since, those who follow the author are interrupted instead.
        """
        if post in self._lately or post > self._lately.forgotten:
            self.arrive(post=post, author=author)
            return
        self._note(post, author, is_doubtful=True)  # for those whose followees are still to be read
        for number in self._followings.viewers_of(author):
            self.interrupt_viewer(self._viewers[number])

    def note_old(self, *, post: int, author: int) -> None:
        """The post is older than every subscription: it has arrived, and nobody gets it."""
        if post not in self._lately:
            self._note(post, author)

    def interrupt(self) -> None:
        """End every subscription, and those that have begun but are not here yet."""
        self.place += 1
        self._complete_after = self.place
        for subscriber in self:
            subscriber.end(self._interrupted())

    def interrupt_viewer(self, viewer: ConnectedViewer) -> None:
        for subscriber in viewer.subscribers:
            subscriber.end(self._interrupted())

    def _note(self, post: int, author: int, *, is_doubtful: bool = False) -> None:
        self.place += 1
        self._lately.add(Arrived(post, author, self.place, monotonic(), is_doubtful))

    def _hand_over(self, post: int, author: int, subscriber: Subscriber) -> None:
        arrival = self._arrivals.get(post)
        if arrival is None:
            arrival = self._arrivals[post] = self._make_arrival(post, author)
        try:
            subscriber.put(arrival)
        except Interrupted as slow:
            subscriber.end(slow)
            self._note_slow()

    def _interrupted(self) -> Interrupted:
        """Clients come back at a pace in proportion to their number."""
        spread_ms = max(1, min(LONGEST_RETURN_MS, RETURN_MS * self._subscribers))
        return Interrupted(random.randrange(spread_ms))  # noqa: S311  # no secret
