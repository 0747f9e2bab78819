"""Live updates between processes: what arrives, and what ends a subscription."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest

from domain.announcements import PostMade
from domain.errors import BadUserInput, Interrupted, Unauthenticated
from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import Post
from resolvers import posts, sessions
from resolvers.live import MOST_OF_ONE_VIEWER
from storage import DatabaseError
from tests.cable import cable
from tests.client import Someone, sign_up
from tests.conftest import empty
from tests.resolvers.process import Process, process
from tests.world import World

People = tuple[Someone, Someone]


@pytest.fixture
async def one(mongodb_url: str, redis_url: str) -> AsyncIterator[Process]:
    async with process(mongodb_url, redis_url) as running:
        await empty(running.storage)
        yield running


@pytest.fixture
async def two(mongodb_url: str, redis_url: str, one: Process) -> AsyncIterator[Process]:
    async with process(mongodb_url, redis_url) as running:
        yield running


@pytest.fixture
async def people(one: Process) -> People:
    """Ann, and Bob who follows her."""
    world = World(one.storage)
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    return ann, bob


async def test_what_is_stored_is_told_though_whoever_asked_is_gone(one: Process, two: Process, people: People) -> None:
    ann, bob = people
    updates = await two.begin(bob)
    storing = one.storage.posts.insert(ann.user.id, "hello")
    asking = asyncio.create_task(one.live.tell(storing, lambda post: PostMade(post.id, ann.user.id)))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    assert asking.cancelled()
    last = await one.post(ann)
    assert (await updates.reach(2))[-1] == last.id


async def test_a_write_of_which_nobody_knows_whether_it_was_made_is_a_gap(
    one: Process, two: Process, people: People
) -> None:
    async def fail() -> Post:
        raise DatabaseError

    updates = await two.begin(people[1])
    with pytest.raises(DatabaseError):
        await one.live.tell(fail(), lambda post: PostMade(post.id, post.author))
    assert isinstance(await updates.end(), Interrupted)


async def test_what_could_not_be_told_is_a_gap_once_redis_is_back(
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
        untold = await cut_off.post(ann)
        assert isinstance(await own.end(), Interrupted)
        assert isinstance(await (await cut_off.subscribe(bob)).end(), Interrupted), "it does not listen yet"
        assert updates.posts == [told.id]
        await wire.join()
        assert isinstance(await updates.end(), Interrupted)

        again = await one.begin(bob)
        page = await posts.feed(one.context(bob), PageRequest(10, MAX_ID))
        assert untold.id in {post.id for post in page.items}
        last = await cut_off.post(ann)
        assert await again.reach(1) == [last.id]


async def test_one_account_has_so_many_subscriptions_and_no_more(one: Process, people: People) -> None:
    all_updates = [await one.begin(people[1]) for _ in range(MOST_OF_ONE_VIEWER)]
    assert isinstance(await (await one.subscribe(people[1])).end(), BadUserInput)
    assert not any(updates.task.done() for updates in all_updates)


async def test_a_subscription_ends_with_its_session(one: Process, two: Process, people: People) -> None:
    _, bob = people
    other, _ = await one.storage.sessions.create(bob.user.id)
    elsewhere = Someone(bob.user, other)
    updates, others = await two.begin(bob), await two.begin(elsewhere)
    assert await sessions.end_current(one.context(bob))
    assert isinstance(await updates.end(), Unauthenticated)
    assert not others.task.done()

    await one.storage.mongo.collection("sessions").delete_many({})  # as one that has expired
    assert isinstance(await others.end(), Unauthenticated)
