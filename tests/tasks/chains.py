"""Runs the task of a message and all following tasks step by step, and checks invariants at every step."""

import pytest

from domain.pages import FeedRequest, PageRequest, ReadOrder
from domain.watermarks import NEVER, is_filling
from tasks.cores import CORES
from tasks.messages import Message
from tests.stepping import SteppedTask
from tests.tasks.scenes import EDGES, READERS
from tests.tasks.states import State
from tests.uploads import stored_media
from tests.waiting import bounded
from tests.world import World

SWEEPS = ("fan_out.sweep", "feed.sweep", "celebrity.sweep", "reader.sweep", "removals.sweep")
MOST_STEPS = 150
WHOLE = PageRequest(100)
WHOLE_BACKWARDS = FeedRequest(size=100, order=ReadOrder.OLDEST_FIRST)


class Chain:
    def __init__(self, world: World, *waiting: Message) -> None:
        self._world = world
        self.waiting = [*waiting]
        self.running: SteppedTask | None = None
        self._steps = bounded()

    async def advance(self) -> bool:
        """Take one step. Return False if there was none."""
        next(self._steps)
        while self.running is None or self.running.is_done:  # ends: tasks without steps stop sending messages
            if self.running is not None:
                self.waiting += self.running.sent
                self.running = None
            if not self.waiting:
                return False
            message = self.waiting.pop(0)
            self.running = await SteppedTask.begin_by_command(CORES[message.task], self._world.services, message)
        await self.running.advance()
        return True

    async def finish(self) -> None:
        for _ in range(MOST_STEPS):
            if not await self.advance():
                return
        pytest.fail("the task goes on for ever")

    async def kill(self) -> None:
        """Kill the task. Its messages are lost."""
        if self.running is not None:
            await self.running.kill()
        self.waiting, self.running = [], None


async def feeds_are_exact(world: World) -> State:
    """Check also that no watermark requires a missing entry."""
    state = await State.read(world.storage)
    for reader in READERS:
        page = await world.storage.feed.page(reader, WHOLE)
        from_the_oldest = await world.storage.feed.page_between(reader, WHOLE_BACKWARDS)
        for found in (page, from_the_oldest):
            assert [post.id for post in found.items] == state.feed(reader)
    assert not list(state.missing())
    return state


async def all_is_settled(world: World) -> None:
    """Run only sweeps. Then nothing is in progress, every edge is as policy wants it, and pages are exact."""
    for sweep in SWEEPS:
        await world.run_all(await CORES[sweep](world.services))
    state = await feeds_are_exact(world)
    for reader in READERS:
        assert await world.feed_of(reader, page_size=3) == state.feed(reader)
    assert not [post for post, found in state.posts.items() if found.get("in_flight")]
    assert not state.dead_reposts()
    assert not list(state.leftovers())
    assert set((await stored_media(world.storage)).values()) <= set(state.posts)
    assert not await world.storage.removals.claim_due(limit=1), "nothing is left to remove"
    for number, edge in state.edges.items():
        assert not is_filling(edge["push_from"])
        follower, followee = state.users[edge["follower"]], state.users[edge["followee"]]
        should_be_pulled = followee["is_celebrity"] or follower["is_dormant"]
        assert should_be_pulled or edge["push_from"] != NEVER
        assert not should_be_pulled or edge["push_from"] == NEVER or number not in EDGES, "except for new ones"
