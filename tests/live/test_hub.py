"""Live updates between processes: arrivals, and the ends of subscriptions."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from domain.announcements import PostMade
from domain.errors import BadUserInput, Unauthenticated
from domain.records import Post
from live.hub import MOST_OF_ONE_VIEWER
from resolvers import sessions
from storage import DatabaseError
from tests.cable import cable
from tests.client import Someone
from tests.live.process import Process, process
from tests.waiting import wait_until

People = tuple[Someone, Someone]


@pytest.fixture
async def two(mongodb_url: str, redis_url: str, one: Process) -> AsyncIterator[Process]:
    async with process(mongodb_url, redis_url) as running:
        yield running


async def test_a_stored_post_is_announced_even_if_the_caller_is_cancelled(
    one: Process, two: Process, people: People
) -> None:
    ann, bob = people
    updates = await two.begin(bob)
    storing = one.storage.posts.insert_post(ann.user.id, "hello")
    asking = asyncio.create_task(one.live.write_and_publish(storing, lambda post: PostMade(post.id, ann.user.id)))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    assert asking.cancelled()
    last = await one.post(ann)
    assert (await updates.reach(2))[-1] == last.id


async def test_a_post_of_unknown_outcome_arrives_if_it_was_stored(one: Process, two: Process, people: People) -> None:
    ann, bob = people
    here, there = await one.begin(bob), await two.begin(bob)
    stored = []

    async def store_and_fail() -> Post:
        stored.append(await one.storage.posts.insert_post(ann.user.id, "stored"))
        raise DatabaseError

    with pytest.raises(DatabaseError):
        await one.live.write_and_publish(store_and_fail(), lambda post: PostMade(post.id, post.author))
    last = await one.post(ann)
    for updates in (here, there):
        assert set(await updates.reach(2)) == {stored[0].id, last.id}


async def test_posts_that_could_not_be_announced_are_read_without_interruption(
    mongodb_url: str, redis_url: str, one: Process, people: People
) -> None:
    ann, bob = people
    async with (
        cable(urlsplit(redis_url).port or 0) as wire,
        process(mongodb_url, f"redis://127.0.0.1:{wire.port}/0") as cut_off,
    ):
        updates, own = await one.begin(bob), await cut_off.begin(bob)
        told = await cut_off.post(ann)
        assert await updates.reach(1) == await own.reach(1) == [told.id]
        await wire.cut()
        untold, unheard = await cut_off.post(ann), await one.post(ann)
        assert set(await own.reach(3)) == {told.id, untold.id, unheard.id}, "this works without Redis"
        begun = await cut_off.begin(bob)
        while_away = await one.post(ann)
        assert await begun.reach(1) == [while_away.id]
        await wire.join()
        last = await cut_off.post(ann)
        everything = {told.id, untold.id, unheard.id, while_away.id, last.id}
        for each in (updates, own):
            assert set(await each.reach(5)) == everything
            assert len(each.posts) == 5


async def test_subscriptions_of_one_account_are_limited(one: Process, people: People) -> None:
    all_updates = [await one.begin(people[1]) for _ in range(MOST_OF_ONE_VIEWER)]
    assert isinstance(await (await one.subscribe(people[1])).end(), BadUserInput)
    assert not any(updates.task.done() for updates in all_updates)
    all_updates[0].task.cancel()  # as if its client had disconnected

    async def is_gone() -> bool:
        return one.live.subscriptions == MOST_OF_ONE_VIEWER - 1

    await wait_until(is_gone)
    assert not (await one.begin(people[1])).task.done()


async def test_a_subscription_ends_with_its_session(one: Process, two: Process, people: People) -> None:
    _, bob = people
    other, _ = await one.storage.sessions.create(bob.user.id)
    elsewhere = Someone(bob.user, other)
    updates, others = await two.begin(bob), await two.begin(elsewhere)
    assert await sessions.end_current(one.context(bob))
    assert isinstance(await updates.end(), Unauthenticated)
    assert not others.task.done()

    await one.storage.mongo.collection("sessions").delete_many({})  # like an expired session
    assert isinstance(await others.end(), Unauthenticated)
