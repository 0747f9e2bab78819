"""Live updates in two web processes on one Redis: changes in one process arrive at subscribers of the other."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import pytest

from domain.watermarks import NEVER
from storage import Storage, create_indexes, open_storage
from tests.client import sign_up
from tests.conftest import empty, settings_of
from tests.pipeline.clients import Clients
from tests.pipeline.stack import stack
from tests.talk import talking
from tests.waiting import PATIENT_S
from tests.world import World

Pair = tuple[str, str]


@pytest.fixture(scope="module")
def pair(mongodb_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Start two web processes and yield their addresses."""
    settings = settings_of(mongodb_url, redis_url, "live")
    with ExitStack() as stacks:
        one, two = (stacks.enter_context(stack(settings, tmp_path_factory.mktemp("live"), "web")) for _ in range(2))
        yield one.url, two.url


@pytest.fixture(scope="module")
async def one_storage(mongodb_url: str) -> AsyncIterator[Storage]:
    async with open_storage(mongodb_url, database="live", driver="pymongo", session_ttl_days=30) as storage:
        await create_indexes(storage.mongo)
        yield storage


@pytest.fixture
async def world(one_storage: Storage) -> World:
    await empty(one_storage)
    return World(one_storage)


async def test_each_post_of_a_followee_arrives_once_a_celebritys_too(pair: Pair, world: World) -> None:
    ann, star, stranger, bob = [await sign_up(world, alias) for alias in ("ann", "star", "stranger", "bob")]
    await world.follow(bob.user, ann.user)
    await world.follow(bob.user, star.user, push_from=NEVER)
    await world.storage.users.set_celebrity(star.user.id, True)
    async with Clients(pair[0]) as here, Clients(pair[1]) as there, talking(pair[1], bob.token) as talk:
        updates = await talk.begin()
        for author, text in ((ann, "one"), (stranger, "unseen"), (bob, "mine"), (star, "two"), (ann, "three")):
            await here.create_post(author.token, text)
        assert await updates.texts(until="three") == ["one", "two", "three"]
        await there.create_post(ann.token, "four")
        assert await updates.texts(until="four") == ["four"]


async def test_follows_and_unfollows_take_effect_at_once(pair: Pair, world: World) -> None:
    ann, eve, bob = [await sign_up(world, alias) for alias in ("ann", "eve", "bob")]
    await world.follow(bob.user, eve.user)
    async with Clients(pair[0]) as here, talking(pair[1], bob.token) as talk:
        updates = await talk.begin()
        await here.create_post(ann.token, "too early")
        for round in ("first", "second"):
            await here.follow(bob.token, ann.user.id)
            await here.create_post(ann.token, f"seen, {round}")
            assert await updates.texts(until=f"seen, {round}") == [f"seen, {round}"]
            await here.unfollow(bob.token, ann.user.id)
            await here.create_post(ann.token, "unseen")
        await here.create_post(eve.token, "the end")
        assert await updates.texts(until="the end") == ["the end"]


async def test_a_reader_with_several_connections_gets_each_post_on_each(pair: Pair, world: World) -> None:
    ann, bob = [await sign_up(world, alias) for alias in ("ann", "bob")]
    await world.follow(bob.user, ann.user)
    async with (
        Clients(pair[0]) as here,
        talking(pair[0], bob.token) as one,
        talking(pair[1], bob.token) as two,
    ):
        all_updates = [await one.begin(), await one.begin(), await two.begin()]
        await all_updates[0].stop()
        await one.ask("{ __typename }")
        await here.create_post(ann.token, "hello")
        for updates in all_updates[1:]:
            assert await updates.texts(until="hello") == ["hello"]


async def test_no_post_is_lost_between_a_subscription_and_a_later_query(pair: Pair, world: World) -> None:
    ann, bob = [await sign_up(world, alias) for alias in ("ann", "bob")]
    await world.follow(bob.user, ann.user)

    async def join() -> list[str]:
        async with talking(pair[1], bob.token) as talk:
            updates = await talk.subscribe()
            page = await talk.ask("{ feed(first: 100) { edges { node { text } } } }")
            read = [edge["node"]["text"] for edge in page["feed"]["edges"]]
            arrived = await updates.texts(until="the end")
        assert len(arrived) == len(set(arrived)), "each once"
        return [*read, *arrived]

    joining, posted = [], []
    async with Clients(pair[0]) as here:
        for number in range(60):
            if number % 4 == 0:
                joining.append(asyncio.create_task(join()))
            posted.append(f"number {number}")
            await here.create_post(ann.token, posted[-1])
        async with asyncio.timeout(PATIENT_S):
            while not all(task.done() for task in joining):
                await here.create_post(ann.token, "the end")
                await asyncio.wait(joining, timeout=0.5)
    for task in joining:
        assert set(posted) <= set(await task)
