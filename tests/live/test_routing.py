"""Followers of an author receive each of its posts once, and others receive none.

This holds for random actions in two processes while subscriptions begin and end in both.
"""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from domain.errors import Interrupted
from tests.cable import Cable, cable
from tests.client import sign_up
from tests.conftest import empty
from tests.live.process import Process, Subscription, process
from tests.waiting import wait_until
from tests.world import World

USERS = 3
WITHIN_S = 30

T = TypeVar("T")
users = st.integers(0, USERS - 1)
places = st.integers(0, 1)  # the two processes
numbers = st.integers(0, 10_000)  # picks one of the existing ones


@dataclass
class Watch:
    """An open subscription, the posts that must arrive there, and those that may."""

    viewer: int
    subscription: Subscription
    must: set[int] = field(default_factory=set)
    may: set[int] = field(default_factory=set)

    async def check(self) -> None:
        arrived = self.subscription.posts

        async def is_complete() -> bool:
            return self.subscription.task.done() or self.must <= set(arrived)

        await wait_until(is_complete, WITHIN_S)
        if self.subscription.task.done():
            assert isinstance(self.subscription.task.exception(), Interrupted)
        assert len(arrived) == len(set(arrived)), "each post arrives once"
        assert set(arrived) <= self.may, "only posts of followees arrive"


class Routing(RuleBasedStateMachine):
    """An action in one process may overtake an earlier one in the other, until both have settled."""

    runner: asyncio.Runner
    processes: list[Process]
    cables: list[Cable]

    @initialize()
    def begin(self) -> None:
        self.run(self._begin())

    async def _begin(self) -> None:
        await empty(self.processes[0].storage)
        world = World(self.processes[0].storage)
        self.people = [await sign_up(world) for _ in range(USERS)]
        self.lighthouse, self.lookout = await sign_up(world), await sign_up(world)
        await world.follow(self.lookout.user, self.lighthouse.user)
        self.follows: set[tuple[int, int]] = set()
        self.watches: list[Watch] = []
        self.left: dict[tuple[int, int], int] = {}  # edges deleted since both settled, and the place of their deletion
        self.unsettled_posts: dict[int, int] = {}  # and their authors

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    @rule(author=users, place=places)
    def post(self, author: int, place: int) -> None:
        number = self.run(self.processes[place].post(self.people[author])).id
        self.unsettled_posts[number] = author
        for watch in self.watches:
            edge = watch.viewer, author
            if edge in self.follows:
                watch.must.add(number)
            if edge in self.follows or self.left.get(edge, place) != place:
                watch.may.add(number)

    @rule(follower=users, followee=users, place=places)
    def follow(self, follower: int, followee: int, place: int) -> None:
        if follower != followee:
            self.run(self.processes[place].follow(self.people[follower], self.people[followee].user))
            self.follows.add((follower, followee))

    @rule(follower=users, followee=users, place=places)
    def unfollow(self, follower: int, followee: int, place: int) -> None:
        if follower == followee:
            return
        self.run(self.processes[place].unfollow(self.people[follower], self.people[followee].user))
        if (follower, followee) in self.follows:
            self.follows.remove((follower, followee))
            self.left[follower, followee] = place
            lately = {number for number, author in self.unsettled_posts.items() if author == followee}
            for watch in self.watches:
                if watch.viewer == follower:
                    watch.must -= lately

    @rule(viewer=users, place=places)
    def open(self, viewer: int, place: int) -> None:
        lately = {
            number
            for number, author in self.unsettled_posts.items()
            if (viewer, author) in self.follows | self.left.keys()
        }
        subscription = self.run(self.processes[place].subscribe(self.people[viewer]))
        self.watches.append(Watch(viewer, subscription, may=lately))

    @rule(pick=numbers)
    def close(self, pick: int) -> None:
        if self.watches:
            watch = self.watches.pop(pick % len(self.watches))
            self.run(stop([watch.subscription]))

    @rule(follower=users, followee=users, place=places, moves=st.lists(st.sampled_from("pfu"), min_size=2, max_size=6))
    def say_at_once(self, follower: int, followee: int, place: int, moves: list[str]) -> None:
        """Announce posts, follows and unfollows in one message."""
        self.cables[place].hold()
        for move in moves:
            match move:
                case "p":
                    self.post(followee, place)
                case "f":
                    self.follow(follower, followee, place)
                case "u":
                    self.unfollow(follower, followee, place)
        self.cables[place].release()

    @rule(place=places)
    def hold_back(self, place: int) -> None:
        """Delay the announcements of the process."""
        self.cables[place].hold()

    @rule(place=places)
    def let_go(self, place: int) -> None:
        self.cables[place].release()

    @rule()
    def settle(self) -> None:
        self.run(self._settle())

    async def _settle(self) -> None:
        """Wait until each process has heard all announcements of both."""
        for laid in self.cables:
            laid.release()
        for each in self.processes:
            await wait_until(partial(self._has_heard_both, each))
        for watch in self.watches:
            await watch.check()
        self.watches = [watch for watch in self.watches if not watch.subscription.task.done()]
        self.left.clear()
        self.unsettled_posts.clear()

    async def _has_heard_both(self, listening: Process) -> bool:
        """Return False if it heard of a gap first, since a process was delayed beyond its timeout for Redis."""
        subscription = await listening.subscribe(self.lookout)
        try:
            for number, speaking in enumerate(self.processes, 1):
                await speaking.post(self.lighthouse)
                await subscription.reach(number)
        except Interrupted:
            return False
        await stop([subscription])
        return True

    def teardown(self) -> None:
        if hasattr(self, "watches"):
            try:
                self.run(self._settle())
            finally:
                self.run(stop([watch.subscription for watch in self.watches]))


async def stop(subscriptions: list[Subscription]) -> None:
    if not subscriptions:
        return
    for subscription in subscriptions:
        subscription.task.cancel()
    await asyncio.wait([subscription.task for subscription in subscriptions])


@pytest.fixture
def machine(mongodb_url: str, redis_url: str) -> Iterator[type[Routing]]:
    async def start(stack: AsyncExitStack) -> tuple[list[Cable], list[Process]]:
        far_port = urlsplit(redis_url).port or 0
        cables = [await stack.enter_async_context(cable(far_port)) for _ in range(2)]
        urls = [f"redis://127.0.0.1:{laid.port}/0" for laid in cables]
        return cables, [await stack.enter_async_context(process(mongodb_url, url)) for url in urls]

    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        class InTheseProcesses(Routing):
            pass

        InTheseProcesses.runner = runner
        InTheseProcesses.cables, InTheseProcesses.processes = runner.run(start(stack))
        yield InTheseProcesses
        runner.run(stack.aclose())


def test_posts_arrive_only_at_followers(machine: type[Routing]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
