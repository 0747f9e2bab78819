"""A resumed subscription begins with the missed posts, and continues without gaps and duplicates."""

import asyncio

import pytest

from domain.errors import Interrupted
from live.hub import MOST_RESUMED
from tests.client import Someone, sign_up
from tests.live.process import Process
from tests.world import World


async def test_a_resumed_subscription_begins_with_the_posts_above_the_id(
    one: Process, ann: Someone, bob: Someone
) -> None:
    world = World(one.storage)
    eve = await sign_up(world, "eve")
    numbers = [(await world.post(ann.user)).id for _ in range(30)]
    await world.post(eve.user)
    await one.storage.posts.delete_post(numbers[20], author=ann.user.id)
    updates = await one.subscribe(bob, after=numbers[2])
    missed = numbers[3:20] + numbers[21:]
    assert await updates.reach(len(missed)) == missed
    new = await one.post(ann)
    assert await updates.reach(len(missed) + 1) == [*missed, new.id]


async def test_a_resumed_subscription_misses_and_repeats_nothing(one: Process, ann: Someone, bob: Someone) -> None:
    first = await one.post(ann)
    posted, subscriptions = [], []
    for number in range(60):
        if number % 4 == 0:
            subscriptions.append((number, await one.subscribe(bob, after=first.id)))
        posted.append((await one.post(ann)).id)
    for _, updates in subscriptions:
        assert sorted(await updates.reach(60)) == posted
        assert len(updates.posts) == 60


@pytest.mark.parametrize("missed", [0, 1, 19, 20, 21, MOST_RESUMED, MOST_RESUMED + 1])
async def test_a_resumed_subscription_may_begin_with_a_bounded_number_of_posts(
    one: Process, ann: Someone, bob: Someone, missed: int
) -> None:
    first, *others = [await World(one.storage).post(ann.user) for _ in range(missed + 1)]
    updates = await one.subscribe(bob, after=first.id)
    if missed > MOST_RESUMED:
        assert isinstance(await updates.end(), Interrupted)
        assert not updates.posts
        return
    await asyncio.wait_for(updates.reach(missed), timeout=30)
    last = await one.post(ann)
    assert await updates.reach(missed + 1) == [*(post.id for post in others), last.id]
