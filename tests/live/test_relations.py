"""Live updates after a change of relations or follow options: no post of a hidden account arrives."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.errors import Interrupted
from live.subscriber import Subscriber
from resolvers import follows, relations
from tests.client import Someone, sign_up
from tests.live.hearing import BOB, drain, is_interrupted, make_subscribers
from tests.live.process import Process, process
from tests.waiting import bounded
from tests.world import World

ANN, EVE = 1, 2

Act = Callable[[Process, Someone, Someone], Awaitable[Any]]

# What hides Ann from Bob, and what takes that back.
CHANGES: dict[str, tuple[Act, Act]] = {
    "a mute": (
        lambda at, ann, bob: relations.mute(at.context(bob), ann.user.id),
        lambda at, ann, bob: relations.unmute(at.context(bob), ann.user.id),
    ),
    "out of the feed": (
        lambda at, ann, bob: follows.update(at.context(bob), ann.user.id, is_in_feed=False),
        lambda at, ann, bob: follows.update(at.context(bob), ann.user.id, is_in_feed=True),
    ),
    "a block": (
        lambda at, ann, bob: relations.block(at.context(bob), ann.user.id),
        lambda at, ann, bob: unblock_and_follow(at, bob, ann, bob),
    ),
    "a block by the author": (
        lambda at, ann, bob: relations.block(at.context(ann), bob.user.id),
        lambda at, ann, bob: unblock_and_follow(at, ann, ann, bob),
    ),
}


async def unblock_and_follow(at: Process, blocker: Someone, ann: Someone, bob: Someone) -> None:
    other = bob if blocker is ann else ann
    await relations.unblock(at.context(blocker), other.user.id)
    await at.follow(bob, ann.user)


@pytest.fixture
async def two(mongodb_url: str, redis_url: str, one: Process) -> AsyncIterator[Process]:
    async with process(mongodb_url, redis_url) as running:
        yield running


@pytest.fixture
async def eve(one: Process, bob: Someone) -> Someone:
    """An account that Bob follows, too, and that is hidden from nobody."""
    eve = await sign_up(World(one.storage), "eve")
    await World(one.storage).follow(bob.user, eve.user)
    return eve


@pytest.mark.parametrize("change", CHANGES)
async def test_subscriptions_begin_again_without_the_hidden_account(
    one: Process, two: Process, ann: Someone, bob: Someone, eve: Someone, change: str
) -> None:
    hide, show = CHANGES[change]
    here, there = await one.begin(bob), await two.begin(bob)
    others = await two.begin(eve)
    first = await one.post(ann)
    for updates in (here, there):
        assert await updates.reach(1) == [first.id]

    await hide(one, ann, bob)
    for updates in (here, there):
        assert isinstance(await updates.end(), Interrupted)
    begun = [await one.begin(bob), await two.begin(bob), await two.subscribe(bob, after=first.id)]
    await one.post(ann)
    seen = await one.post(eve)
    for updates in begun:
        assert await updates.reach(1) == [seen.id]

    await show(two, ann, bob)
    for updates in begun[:2] if "block" not in change else []:
        assert isinstance(await updates.end(), Interrupted)
    for process_ in (one, two):
        updates = await process_.begin(bob)
        last = await process_.post(ann)
        for arrived in bounded(10):  # a post of the time before the follow may arrive, too
            if last.id in await updates.reach(arrived + 1):
                break
    assert not others.task.done(), "it is of an account whose relations have not changed"


async def test_what_changes_nothing_ends_no_subscription(one: Process, ann: Someone, bob: Someone) -> None:
    await relations.mute(one.context(bob), ann.user.id)
    updates = await one.begin(bob)
    await relations.mute(one.context(bob), ann.user.id)
    await relations.unblock(one.context(bob), ann.user.id)
    await follows.update(one.context(bob), ann.user.id, shows_reposts=True)
    await relations.mute(one.context(ann), bob.user.id)
    await asyncio.sleep(0)
    assert not updates.task.done()


async def test_a_follow_of_a_muted_account_brings_none_of_its_posts(
    one: Process, ann: Someone, bob: Someone, eve: Someone
) -> None:
    joe = await sign_up(World(one.storage), "joe")
    await relations.mute(one.context(bob), joe.user.id)
    updates = await one.begin(bob)
    await updates_of(one, updates, ann)
    await one.follow(bob, joe.user)
    await one.post(joe)
    assert await updates_of(one, updates, ann) == 2, "the post of the muted account is not among them"


async def updates_of(one: Process, updates: Any, author: Someone) -> int:
    """Post, wait for the post, and return how many posts have arrived."""
    before = len(updates.posts)
    post = await one.post(author)
    arrived = await updates.reach(before + 1)
    assert arrived[-1] == post.id
    return len(arrived)


def test_a_read_that_began_before_the_change_brings_no_hidden_post() -> None:
    """The followees are read, then Ann is muted, then the read ends. The ended subscription is still being left."""
    subscribers = make_subscribers()
    before = Subscriber(viewer=BOB, token="secret", since=subscribers.place)
    reading = subscribers.enter(before)
    subscribers.start_anew(BOB)
    after = Subscriber(viewer=BOB, token="secret", since=subscribers.place)
    viewer = subscribers.enter(after)
    subscribers.load(reading, [ANN, EVE])
    subscribers.arrive(post=1, author=ANN)
    subscribers.load(viewer, [EVE])
    subscribers.arrive(post=2, author=ANN)
    subscribers.arrive(post=3, author=EVE)
    subscribers.leave(before)
    assert is_interrupted(before)
    assert drain(after) == [3]
    assert len(subscribers) == 1


async def test_after_the_end_of_a_timed_mute_its_posts_arrive_again(
    one: Process, ann: Someone, bob: Someone, eve: Someone
) -> None:
    """MongoDB may delete the mute at any time after its end. The test deletes it, so that it need not wait."""
    store = one.storage.relations
    await store.mute(bob.user.id, eve.user.id, until=datetime.now(UTC) + timedelta(hours=1))
    await store.mute(bob.user.id, ann.user.id, until=datetime.now(UTC) + timedelta(days=1))
    await set_end(one, ann, timedelta(hours=-1))
    subscribed = await one.subscribe(bob)  # it may end before it would be seen open
    assert isinstance(await subscribed.end(), Interrupted), "one of the mutes has ended"
    await store.unmute(bob.user.id, ann.user.id)
    again = await one.begin(bob)
    await one.post(eve)
    seen = await one.post(ann)
    assert await again.reach(1) == [seen.id]


async def set_end(at: Process, muted: Someone, since: timedelta) -> None:
    mute = {"other": muted.user.id, "kind": "MUTE"}
    await at.storage.mongo.collection("relations").update_one(mute, {"$set": {"until": datetime.now(UTC) + since}})
