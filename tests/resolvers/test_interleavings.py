"""One process hears, misses and reads events in any order. Each subscription receives its posts once or is interrupted.

`Subscribers` is the real one. The rest is a model: a database of posts and edges, two other processes that write there
and announce it, and a channel that loses announcements while the process does not listen. Clocks differ, so ids do not
give the order. Reads take time, during which all of this continues.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from live.recent_arrivals import RecentArrivals
from live.subscriber import Subscriber
from live.subscribers import Subscribers
from tests.live.hearing import BOB, drain, is_interrupted, make_subscribers
from tests.waiting import bounded

ANN, EVE = 1, 2
authors = st.sampled_from([ANN, EVE])
senders = st.integers(0, 1)


@dataclass
class Watch:
    """A subscription. `older` are posts that the process had heard before it began."""

    subscriber: Subscriber
    older: set[int]
    must: set[int] = field(default_factory=set)
    must_not: set[int] = field(default_factory=set)
    arrived: list[int] = field(default_factory=list)
    is_here: bool = False


class Interleavings(RuleBasedStateMachine):
    remembered = 1_000

    @initialize(followed=st.sets(authors))
    def begin(self, followed: set[int]) -> None:
        self.subscribers: Subscribers = make_subscribers(RecentArrivals(self.remembered))
        self.posts: dict[int, int] = {}  # as stored, and their authors
        self.edges = {author: number for number, author in enumerate(sorted(followed), 1)}
        self.last_edge = len(self.edges)
        self.channel: list[deque[partial[None]]] = [deque(), deque()]
        self.own: list[set[int]] = [set(), set()]  # what each sender has stored
        self.heard: set[int] = set()  # by everybody who listens
        self.is_listening, self.has_missed, self.has_gap = True, False, False
        self.unsettled: set[int] = set()
        self.watches: list[Watch] = []
        self.reading: Callable[[], None] | None = None
        self.closing: deque[tuple[int, int]] | None = None

    # -- other processes ----------------------------------------------------------------------------------------------

    @rule(sender=senders, author=authors, number=st.integers(1, 10**6))
    def store(self, sender: int, author: int, number: int) -> None:
        if number in self.posts:
            return
        self.posts[number] = author
        self.own[sender].add(number)
        self.unsettled.add(number)
        if author in self.edges:
            for watch in self.watches:
                watch.must.add(number)
        self.channel[sender].append(partial(self.hear_post, number, author))

    @rule(sender=senders, author=authors)
    def follow(self, sender: int, author: int) -> None:
        if author in self.edges:
            return
        known = [post for post in self.own[sender] | self.heard if self.posts[post] == author]
        self.last_edge += 1
        self.edges[author] = edge = self.last_edge
        if viewer := self.subscribers.find_viewer(BOB):
            changes = any(call.func == self.hear_follow for calls in self.channel for call in calls)
            is_sure = not (viewer.must_read or self.reading or changes or self.has_gap or self.closing is not None)
            for watch in self.watches:
                if is_sure and watch.subscriber.caught_up:
                    watch.must_not |= set(known) - watch.must - set(watch.arrived)
        self.channel[sender].append(partial(self.hear_follow, author, edge, known))

    @rule(sender=senders, author=authors)
    def unfollow(self, sender: int, author: int) -> None:
        if self.edges.pop(author, None) is None:
            return
        for watch in self.watches:
            watch.must -= {post for post in self.unsettled if self.posts[post] == author}
        self.channel[sender].append(partial(self.hear_follow, author, 0, []))

    @rule(sender=senders)
    def deliver(self, sender: int) -> None:
        if not self.channel[sender]:
            return
        hear = self.channel[sender].popleft()
        if self.is_listening:
            hear()
        else:
            self.has_missed = True

    def hear_post(self, number: int, author: int) -> None:
        self.heard.add(number)
        self.subscribers.arrive(post=number, author=author)

    def hear_follow(self, author: int, edge: int, known: list[int]) -> None:
        if viewer := self.subscribers.find_viewer(BOB):
            self.subscribers.change(viewer, author, edge=edge, known=known)

    # -- this process -------------------------------------------------------------------------------------------------

    @rule()
    def lose_the_channel(self) -> None:
        self.is_listening, self.has_gap = False, True

    @rule()
    def listen_again(self) -> None:
        self.is_listening = True

    @precondition(lambda self: self.has_gap and self.closing is None)
    @rule()
    def begin_to_close_the_gap(self) -> None:
        """Start to listen. Events missed from now on belong to another gap."""
        self.has_gap = not self.is_listening
        self.closing = deque(sorted(self.posts.items()))

    @precondition(lambda self: self.closing is not None)
    @rule()
    def close_the_gap(self) -> None:
        assert self.closing is not None
        for post, author in self.closing:
            self.subscribers.arrive_late(post=post, author=author)
        self.closing = None
        for viewer in self.subscribers.viewers():
            viewer.make_stale(0)

    @precondition(lambda self: self.reading is None)
    @rule()
    def begin_to_read_follows(self) -> None:
        viewer = self.subscribers.find_viewer(BOB)
        if viewer is None or not viewer.must_read:
            return
        if (since := viewer.stale_since) is not None:
            viewer.stale_since = None
            self.reading = partial(self.subscribers.load, viewer, list(self.edges), stale_since=since)
            return
        followee = viewer.unsure.pop()
        edge = self.edges.get(followee)

        def join() -> None:
            if edge and followee not in viewer.unsure:
                self.subscribers.join(viewer, followee, edge=edge)

        self.reading = join

    @precondition(lambda self: self.reading is not None)
    @rule()
    def end_reading_follows(self) -> None:
        assert self.reading is not None
        self.reading()
        self.reading = None

    @precondition(lambda self: len(self.watches) < 3)
    @rule()
    def subscribe(self) -> None:
        """Receive the request. Its reads are still to come."""
        subscriber = Subscriber(viewer=BOB, token="secret", since=self.subscribers.place)
        self.watches.append(Watch(subscriber, older=set(self.heard)))

    @rule()
    def enter(self) -> None:
        for watch in self.watches:
            if not watch.is_here:
                watch.is_here = True
                self.subscribers.enter(watch.subscriber)

    @rule(pick=st.integers(0, 2))
    def leave(self, pick: int) -> None:
        if pick < len(self.watches):
            self.subscribers.leave(self.watches.pop(pick).subscriber)

    @rule()
    def take(self) -> None:
        for watch in self.watches:
            watch.arrived += drain(watch.subscriber)

    # -- expectations -------------------------------------------------------------------------------------------------

    @rule()
    def settle(self) -> None:
        self.enter()
        self.is_listening = True
        for sender in (0, 1):
            while self.channel[sender]:  # ends: each delivery takes one
                self.deliver(sender)
        for _ in bounded():
            if not self.has_gap and self.closing is None:
                break
            if self.closing is None:
                self.begin_to_close_the_gap()
            self.close_the_gap()
        self.read_all_follows()
        if viewer := self.subscribers.find_viewer(BOB):
            for followee in viewer.changes:
                self.subscribers.wait_no_longer(viewer, followee)
        self.read_all_follows()
        self.take()
        for watch in list(self.watches):
            self.check(watch)
        self.unsettled.clear()
        self.has_missed = False

    def read_all_follows(self) -> None:
        for _ in bounded():
            viewer = self.subscribers.find_viewer(BOB)
            if not self.reading and not (viewer and viewer.must_read):
                break
            if self.reading is None:
                self.begin_to_read_follows()
            if self.reading is not None:
                self.end_reading_follows()

    def check(self, watch: Watch) -> None:
        arrived = watch.arrived
        assert len(arrived) == len(set(arrived)), "each post arrives once"
        assert not set(arrived) & watch.older, "no older post arrives"
        if not self.has_missed:  # otherwise it is unknown which posts are older than a follow
            assert not set(arrived) & watch.must_not, "no post older than the follow arrives"
        if is_interrupted(watch.subscriber):
            assert self.remembered < len(self.posts), "nothing has been forgotten"
            self.subscribers.leave(watch.subscriber)
            self.watches.remove(watch)
        else:
            assert watch.must <= set(arrived), "all required posts arrive"
            watch.must_not = set()

    def teardown(self) -> None:
        if hasattr(self, "watches"):
            self.settle()


class Forgetful(Interleavings):
    """The process remembers only a few arrived posts."""

    remembered = 4


STEPS = settings(max_examples=100, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))


def test_each_subscription_receives_every_required_post_once() -> None:
    run_state_machine_as_test(Interleavings, settings=STEPS)


def test_forgotten_posts_interrupt_and_are_never_delivered_twice() -> None:
    run_state_machine_as_test(Forgetful, settings=STEPS)
