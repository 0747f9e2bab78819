"""The connected viewers of this process, their followees, and the recent arrivals.

A place is the number of an event in this process and orders events. Ids cannot order them, because they come from the
clocks of several processes.
"""

import random
from collections.abc import Callable, Collection, Container, Iterator, Set
from itertools import chain
from math import inf
from time import monotonic
from weakref import WeakValueDictionary

from domain.announcements import NOT_SENT
from domain.errors import Interrupted
from live.arrival import Arrival
from live.followings import FollowerIndex, IntegerSet
from live.recent_arrivals import Arrived, RecentArrivals
from live.removal import MISSED, Removal, Stale
from live.subscriber import Subscriber
from live.viewer import Change, ConnectedViewer

# How far a post can overtake an earlier follow. A follow is announced only after a majority has acknowledged it.
OVERTAKEN_S = 30.0
MOST_KNOWN = 100  # posts that the announcement of a follow names
# CPU time of this process for one client that resubscribes and reads its feed, with room for other work.
RETURN_MS = 10
LONGEST_RETURN_MS = 60_000


class Subscribers:
    """The index of subscribers. No method awaits, so no other task sees it half changed."""

    def __init__(
        self,
        *,
        make_arrival: Callable[[int], Arrival],
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
        self._arrivals: WeakValueDictionary[int, Arrival] = WeakValueDictionary()  # the queued ones
        self._last_removal = 0  # its place
        self._complete_after = 0  # subscriptions from before this place were interrupted

    # -- connected viewers --------------------------------------------------------------------------------------------

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
        """Add the subscriber.

        Deliver the arrivals since its start if the followees are known; otherwise `load` does.
        """
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

    def start_anew(self, viewer: int) -> None:
        """Interrupt the viewer's subscribers and forget its followees: a read that is under way may be outdated."""
        if found := self._viewers.get(viewer):
            self.interrupt_viewer(found)
            for subscriber in list(found.subscribers):
                self.leave(subscriber)

    # -- followees ----------------------------------------------------------------------------------------------------

    def load(self, viewer: ConnectedViewer, read: Collection[int], *, stale_since: float = -inf) -> None:
        """Replace the viewer's followees by those read. Unsure followees keep their state.

        Delivers arrivals from new followees since OVERTAKEN_S before `stale_since`. Does nothing if the viewer has
        left.
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
        """Note an announced change of the edge. Until the edge is reread, it counts as deleted. See FollowChanged."""
        now = monotonic()
        change = self._part(viewer, followee, at=now)
        if edge:
            change.announce(edge, known, at=now, keep_s=2 * OVERTAKEN_S)
        viewer.unsure.add(followee)

    def join(self, viewer: ConnectedViewer, followee: int, *, edge: int) -> bool:
        """Note that the edge exists, and deliver the followee's arrivals since it was inserted.

        Does nothing if the edge is not announced yet, because the announcement lists the posts that are older than the
        edge. Returns whether the edge is dealt with.
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
        """Stop waiting for the announcement of the edge, which was missed."""
        if followee not in viewer.followees and (change := viewer.changes.get(followee)):
            change.is_overdue = True
            viewer.unsure.add(followee)

    def known_posts(self, author: int) -> tuple[int, ...]:
        """Return posts by the author that arrived within OVERTAKEN_S, the latest first, at most MOST_KNOWN."""
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
        """Deliver arrivals from followees that are new to the subscribers, heard after `heard_after`.

        A subscriber receives the arrivals since its start. If the viewer followed the followee before, it receives
        those since the unfollow. It is interrupted if it may miss a post that is no longer remembered.
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
                subscriber.end(self.interrupted())
            else:
                self._hand_over(arrived.post, subscriber)
        for subscriber in subscribers:
            self._check_complete(subscriber, heard_after)
            if not subscriber.caught_up and subscriber.since < self._last_removal:
                self._tell(Stale(MISSED), subscriber)
            subscriber.caught_up = subscriber.caught_up or self.place

    def _check_complete(self, subscriber: Subscriber, heard_after: float) -> None:
        """Interrupt the subscriber if an arrival for it may be forgotten."""
        was_interrupted = subscriber.since < self._complete_after and not subscriber.caught_up
        if was_interrupted or self._lately.has_forgotten(place=subscriber.since, at=heard_after):
            subscriber.end(self.interrupted())

    # -- arrivals -----------------------------------------------------------------------------------------------------

    def arrive(self, *, post: int, author: int) -> None:
        """Deliver the post once to every subscriber whose viewer follows the author."""
        if post in self._lately:
            return
        self._note(post, author)
        for viewer in self._followings.viewers_of(author):
            for subscriber in self._viewers[viewer].subscribers:
                self._hand_over(post, subscriber)

    def arrive_late(self, *, post: int, author: int) -> None:
        """Deliver a post that was found in the database, as `arrive` does.

        If it may have arrived before and been forgotten, interrupts the followers of the author instead.
        """
        if post in self._lately or post > self._lately.forgotten:
            self.arrive(post=post, author=author)
            return
        self._note(post, author, is_doubtful=True)  # for viewers whose followees are not loaded yet
        for number in self._followings.viewers_of(author):
            self.interrupt_viewer(self._viewers[number])

    def note_old(self, *, post: int, author: int) -> None:
        """Note a post that is older than all subscriptions, without delivering it."""
        if post not in self._lately:
            self._note(post, author)

    def remove(self, removal: Removal, *, of: Set[int]) -> None:
        """Tell the subscribers whose viewers follow one of these accounts, and who want removals."""
        self.place += 1
        self._last_removal = self.place
        for viewer in {viewer for account in of for viewer in self._followings.viewers_of(account)}:
            for subscriber in self._viewers[viewer].subscribers:
                self._tell(removal, subscriber)

    def make_stale(self) -> None:
        """Tell all subscribers who want removals that some may have been missed."""
        for subscriber in self:
            self._tell(Stale(MISSED), subscriber)

    def interrupt(self) -> None:
        """Interrupt every subscription, also those that have begun but are not added yet."""
        self.place += 1
        self._complete_after = self.place
        for subscriber in self:
            subscriber.end(self.interrupted())

    def interrupt_viewer(self, viewer: ConnectedViewer) -> None:
        for subscriber in viewer.subscribers:
            subscriber.end(self.interrupted())

    def _note(self, post: int, author: int, *, is_doubtful: bool = False) -> None:
        self.place += 1
        self._lately.add(Arrived(post, author, self.place, monotonic(), is_doubtful))

    def _hand_over(self, post: int, subscriber: Subscriber) -> None:
        arrival = self._arrivals.get(post)
        if arrival is None:
            arrival = self._arrivals[post] = self._make_arrival(post)
        self._put(arrival, subscriber)

    def _tell(self, removal: Removal, subscriber: Subscriber) -> None:
        if subscriber.wants_removals:
            self._put(removal, subscriber)

    def _put(self, change: Arrival | Removal, subscriber: Subscriber) -> None:
        try:
            subscriber.put(change)
        except Interrupted as slow:
            subscriber.end(slow)
            self._note_slow()

    def interrupted(self) -> Interrupted:
        """Return an interruption with a random retry time, in proportion to the number of subscriptions."""
        spread_ms = max(1, min(LONGEST_RETURN_MS, RETURN_MS * self._subscribers))
        return Interrupted(random.randrange(spread_ms))  # noqa: S311  # no secret
