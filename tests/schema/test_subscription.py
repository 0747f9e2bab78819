"""The cost of posts that arrive at many subscribers: each is read once, with the selected fields, and is not kept."""

import asyncio
import gc
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields

import pytest
from graphql.execution.collect_fields import FieldDetails

from resolvers import reposts
from schema import schema
from schema.context import RequestContext
from tests.client import Someone, sign_up
from tests.commands import Commands
from tests.conftest import empty
from tests.live.process import Process, process
from tests.waiting import wait_until
from tests.world import World

FANS = 20

Arrived = asyncio.Queue[object]


@pytest.fixture
def commands() -> Commands:
    return Commands()


@pytest.fixture
async def watched(mongodb_url: str, redis_url: str, commands: Commands) -> AsyncIterator[Process]:
    async with process(mongodb_url, redis_url, listeners=[commands]) as running:
        await empty(running.storage)
        yield running


@pytest.fixture
async def ann(watched: Process) -> Someone:
    return await sign_up(World(watched.storage), "ann")


@asynccontextmanager
async def fans_of(author: Someone, watched: Process, selection: str) -> AsyncIterator[Arrived]:
    """Subscribe the fans. Yield the queue of everything that arrives at them."""
    arrived: Arrived = asyncio.Queue()

    async def subscribe(fan: Someone) -> None:
        context = watched.context(fan)
        results = await schema.stream(
            f"subscription {{ feedUpdates {{ {selection} }} }}",
            context_value=RequestContext(**{each.name: getattr(context, each.name) for each in fields(context)}),
        )
        async for result in results:
            await arrived.put(result)

    async def are_open() -> bool:
        return watched.live.subscriptions == FANS

    world = World(watched.storage)
    fans = [await sign_up(world) for _ in range(FANS)]
    for fan in fans:
        await world.follow(fan.user, author.user)
    subscribing = [asyncio.create_task(subscribe(fan)) for fan in fans]
    await wait_until(are_open)
    await post(author, watched, arrived)  # when it has arrived, all followees have been read
    yield arrived
    for task in subscribing:
        task.cancel()
    await asyncio.wait(subscribing)


async def post(author: Someone, watched: Process, arrived: Arrived) -> None:
    """Make a post and wait until it has arrived everywhere."""
    await watched.post(author)
    async with asyncio.timeout(30):
        for _ in range(FANS):
            await arrived.get()


@pytest.mark.parametrize(
    ("selection", "read"), [("id text", {"posts": 1}), ("text author { alias isViewer }", {"posts": 1, "users": 1})]
)
async def test_a_post_is_read_once_for_all_subscribers_with_the_selected_fields(
    watched: Process, ann: Someone, commands: Commands, selection: str, read: dict[str, int]
) -> None:
    async with fans_of(ann, watched, selection) as arrived:
        with commands.during() as sent:
            await post(ann, watched, arrived)
    by_id = [command["find"] for command in sent if "_id" in command.get("filter", {})]
    assert Counter(kind for kind in by_id if kind in ("posts", "users")) == read


async def test_a_repost_is_read_once_and_decided_for_none_of_the_subscribers_to_posts(
    watched: Process, ann: Someone, commands: Commands
) -> None:
    eve = await sign_up(World(watched.storage), "eve")
    reposted = await watched.post(eve)
    async with fans_of(ann, watched, "id") as arrived:
        with commands.during() as sent:
            await reposts.repost(watched.context(ann), reposted.id)
            await post(ann, watched, arrived)
    assert not [command for command in sent if "follower" in command.get("filter", {})], "facts of the subscribers"


@pytest.mark.parametrize("selection", ["text author { alias }", "text author { alias followedByViewer }"])
async def test_a_subscription_does_not_grow_with_delivered_posts(
    watched: Process, ann: Someone, selection: str
) -> None:
    """graphql-core keeps the selections of all events unless they are compiled or the executor drops them."""
    async with fans_of(ann, watched, selection) as arrived:
        kept = []
        for _ in range(3):
            await post(ann, watched, arrived)
            gc.collect()
            kept.append(sum(issubclass(type(each), FieldDetails) for each in gc.get_objects()))
    assert kept[0] >= kept[1] >= kept[2]  # may be fewer, since other operations may have ended
