"""Each rule of ARCHITECTURE.md holds at every step of every task, whoever writes there, or if the task dies there.

The model proves the rules; these tests tie the tasks to them. A chain of messages counts as one task.
"""

import os
from collections.abc import Awaitable, Callable

import pytest

from domain.watermarks import NEVER, fresh_token, is_filling
from tasks import messages
from tasks.cores import CORES
from tasks.messages import Message
from tests.conftest import empty
from tests.stepping import SteppedTask
from tests.tasks.scenes import ANN, BOB, EDGES, POSTS, READERS, SCENES, YAN, ZOE, small_bounds, user_of
from tests.world import World

SWEEPS = ("fan_out.sweep", "feed.sweep", "celebrity.sweep", "reader.sweep")
MOST_STEPS = 100


class Chain:
    """A message's task and all that follow from it, a step of the storage at a time."""

    def __init__(self, world: World, first: Message) -> None:
        self._world = world
        self.waiting = [first]
        self.running: SteppedTask | None = None

    async def advance(self) -> bool:
        """Take one step; whether there was one."""
        while self.running is None or self.running.is_done:
            if self.running is not None:
                self.waiting += self.running.sent
                self.running = None
            if not self.waiting:
                return False
            self.running = await self._world.begin(self.waiting.pop(0))
        await self.running.advance()
        return True

    async def finish(self) -> None:
        for _ in range(MOST_STEPS):
            if not await self.advance():
                return
        pytest.fail("the task goes on for ever")

    async def kill(self) -> None:
        """The task dies, and what should follow is lost."""
        if self.running is not None:
            await self.running.kill()
        self.waiting, self.running = [], None


# -- what may happen between two steps --------------------------------------------------------------------------------


async def die(world: World, chain: Chain, message: Message) -> None:
    await chain.kill()


async def run_twice(world: World, chain: Chain, message: Message) -> None:
    await world.run_all([message])


async def live(world: World, chain: Chain, message: Message) -> None:
    """Authors post and delete, a reader unfollows, another comes back, feeds are trimmed; some messages are lost.

    The web process has not heard of Ann for an hour.
    """
    posts = [await world.storage.posts.insert(author, "meanwhile") for author in (YAN, ZOE)]
    await world.storage.posts.delete(1_006, author=POSTS[1_006])
    await world.storage.follows.delete(follower=BOB, followee=ZOE)
    await feeds_are_exact(world)
    world.storage.readers._noted.clear()
    if await world.storage.readers.note_read(ANN):
        await world.run_all([messages.wake(ANN)])
    await world.run_all([messages.start_fan_out(posts[0].id), messages.trim_feeds(list(READERS))])


async def follow_again(world: World, chain: Chain, message: Message) -> None:
    for reader, author in ((ANN, ZOE), (BOB, YAN)):
        await world.storage.follows.delete(follower=reader, followee=author)
        await world.storage.follows.insert(follower=reader, followee=author, push_from=fresh_token())
    await world.run_all([messages.fill_feed(ANN)])
    chain.waiting.append(messages.forget(ANN, ZOE))


Event = Callable[[World, Chain, Message], Awaitable[None]]
EVENTS: dict[Event, int] = {die: 1, run_twice: 3, live: 1, follow_again: 3}  # and at every which step
if "EVERY_STEP" in os.environ:
    EVENTS = dict.fromkeys(EVENTS, 1)


# -- what must be so --------------------------------------------------------------------------------------------------


async def feeds_are_exact(world: World) -> None:
    for reader in READERS:
        assert await world.feed_of(reader, page_size=3) == await world.oracle_of(reader)


async def all_is_settled(world: World) -> None:
    """After sweeps alone: nothing is in progress, every edge is where policy wants it, and no entry is missing."""
    for sweep in SWEEPS:
        await world.run_all(await CORES[sweep](world.resources))
    await feeds_are_exact(world)
    assert await world.storage.ledgers.count(limit=1) == 0
    async for edge in world.storage.mongo.collection("follows").find({}):
        follower, followee = [await user_of(world, edge[end]) for end in ("follower", "followee")]
        assert not is_filling(edge["push_from"])
        should_be_pulled = followee["is_celebrity"] or follower["is_dormant"]
        assert should_be_pulled or edge["push_from"] != NEVER
        assert not should_be_pulled or edge["push_from"] == NEVER or edge["_id"] not in EDGES, "but for new ones"
    for reader in READERS:
        assert not (await world.storage.audits.entries(reader)).missing


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    small_bounds(monkeypatch)


@pytest.mark.parametrize("scene", SCENES)
async def test_feeds_are_exact_after_every_step(world: World, scene: str) -> None:
    chain = Chain(world, await SCENES[scene].set(world))
    await feeds_are_exact(world)
    while await chain.advance():
        await feeds_are_exact(world)
    await all_is_settled(world)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("scene", SCENES)
async def test_feeds_are_exact_whatever_happens_between_two_steps(world: World, scene: str, event: Event) -> None:
    for steps in range(0, MOST_STEPS, EVENTS[event]):
        await empty(world.storage)
        message = await SCENES[scene].set(world)
        chain = Chain(world, message)
        going_on = all([await chain.advance() for _ in range(steps)])

        await event(world, chain, message)

        await feeds_are_exact(world)
        await chain.finish()
        await feeds_are_exact(world)
        await all_is_settled(world)
        if not going_on:
            return
    pytest.fail("the task goes on for ever")
