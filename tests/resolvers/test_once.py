"""A key creates one post in every interleaving of creations and deletions, and after every crash.

A step is a command to MongoDB or the commit of a transaction. The tests try each schedule of two calls and many of
three.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, cast

import pytest

from domain.idempotency import KEY_LIFE
from domain.ids import first_id_at
from domain.records import Creation
from storage import Storage
from storage.keyed_posts import KeyedPosts
from storage.memory.ids import IdGenerator
from storage.posts import Posts
from tests.stepping import SteppedCall, SteppedMongo, Turnstile
from tests.waiting import bounded

ANN, FIRST, KEY = 7, 5, "key"
RECENT, OLD = first_id_at(datetime.now(UTC)), first_id_at(datetime.now(UTC) - KEY_LIFE - timedelta(hours=1))
MOST_CHOICES = 7  # from here on, the calls take turns

Call = SteppedCall[Any]
Begin = Callable[[Storage], Call]


def create(storage: Storage) -> Call:
    turnstile = Turnstile()
    posts = KeyedPosts(cast(Any, SteppedMongo(storage.mongo, turnstile)), IdGenerator(), storage.media)
    return SteppedCall(posts.insert_once(ANN, "hello", key=KEY), turnstile)


def delete_recent(storage: Storage) -> Call:
    turnstile = Turnstile()
    posts = Posts(cast(Any, SteppedMongo(storage.mongo, turnstile)), IdGenerator(), storage.media)
    return SteppedCall(posts.delete_post(RECENT, author=ANN), turnstile)


async def begin_all(storage: Storage, begin: Sequence[Begin]) -> list[Call]:
    calls = [one(storage) for one in begin]
    for call in calls:
        await call.settle()
    return calls


async def keyed(storage: Storage) -> list[int]:
    return [post["_id"] async for post in storage.mongo.collection("posts").find({"author": ANN, "key": KEY})]


async def put_post(storage: Storage, number: int | None) -> None:
    for name in ("posts", "spent_keys"):
        await storage.mongo.collection(name).delete_many({})
    if number is not None:
        post = {"_id": number, "author": ANN, "text": "hello", "in_flight": True, "key": KEY}
        await storage.mongo.collection("posts").insert_one(post)


async def run(storage: Storage, calls: list[Call], schedule: Sequence[int]) -> list[tuple[int, ...]]:
    """Run the steps of the schedule, then one step of each call in turn. A single call could wait for another for ever.

    Returns the schedules that differ at one choice after the given steps.
    """
    taken: list[int] = []
    others: list[tuple[int, ...]] = []
    for place in bounded():
        open_calls = [number for number, call in enumerate(calls) if not call.is_done]
        if not open_calls:
            break
        if place < len(schedule):
            choice = schedule[place]
        else:
            choice = place
            if place < MOST_CHOICES:
                others += [(*taken, place + more) for more in range(1, len(open_calls))]
        taken.append(choice)
        await calls[open_calls[choice % len(open_calls)]].advance()
        assert len(await keyed(storage)) <= 1
    return others


def sample(seed: int) -> list[int]:
    dice = Random(seed)
    return [dice.randrange(6) for _ in range(14)]


async def try_all(
    storage: Storage, before: int | None, begin: Sequence[Begin], check: Callable[[list[Any]], Awaitable[None]]
) -> int:
    """Try each schedule of the calls. Return their number."""
    tried, waiting = 0, [tuple[int, ...]()]
    while waiting:  # ends: schedules differ only within MOST_CHOICES steps
        await put_post(storage, before)
        calls = await begin_all(storage, begin)
        waiting += await run(storage, calls, waiting.pop())
        await check([call.result for call in calls])
        tried += 1
    return tried


async def test_two_concurrent_creations_make_one_post(storage: Storage) -> None:
    async def check(results: list[Creation]) -> None:
        assert sorted(creation.is_new for creation in results) == [False, True]
        assert [creation.post.id for creation in results] == await keyed(storage) * 2

    assert await try_all(storage, None, [create, create], check) > 20


@pytest.mark.parametrize("seed", range(30))
async def test_two_retries_after_a_day_make_one_more_post(storage: Storage, seed: int) -> None:
    """A sample of the schedules."""
    await put_post(storage, OLD)
    calls = await begin_all(storage, [create, create])
    await run(storage, calls, sample(seed))
    assert sorted(call.result.is_new for call in calls) == [False, True]
    assert [call.result.post.id for call in calls] == await keyed(storage) * 2
    assert await storage.mongo.collection("posts").count_documents({}) == 2


async def test_a_retry_during_the_deletion_makes_no_post(storage: Storage) -> None:
    async def check(results: list[Any]) -> None:
        creation, is_deleted = results
        assert is_deleted
        assert creation is None or (creation.post.id, creation.is_new) == (RECENT, False)
        assert await storage.mongo.collection("posts").count_documents({}) == 0
        assert await storage.keyed_posts.insert_once(ANN, "hello", key=KEY) is None

    assert await try_all(storage, RECENT, [create, delete_recent], check) > 20


async def test_one_of_two_concurrent_deletions_deletes(storage: Storage) -> None:
    async def check(results: list[bool]) -> None:
        assert sorted(results) == [False, True]
        assert await storage.keyed_posts.insert_once(ANN, "hello", key=KEY) is None

    assert await try_all(storage, RECENT, [delete_recent, delete_recent], check) > 5


@pytest.mark.parametrize("before", [None, RECENT, OLD], ids=["none", "recent", "old"])
async def test_a_creation_may_die_at_every_step(storage: Storage, before: int | None) -> None:
    for steps in range(20):
        await put_post(storage, before)
        (dying,) = await begin_all(storage, [create])
        for _ in range(steps):
            if not dying.is_done:
                await dying.advance()
        is_finished = dying.is_done
        await dying.kill()

        left = await keyed(storage)
        made = await storage.keyed_posts.insert_once(ANN, "hello", key=KEY)

        assert made is not None
        assert [made.post.id] == await keyed(storage)
        assert left in ([], [before], [made.post.id])
        assert await storage.mongo.collection("posts").count_documents({}) == (2 if before == OLD else 1)
        if is_finished:
            return
    pytest.fail("the creation goes on for ever")


async def test_a_deletion_may_die_at_every_step(storage: Storage) -> None:
    for steps in range(20):
        await put_post(storage, RECENT)
        (dying,) = await begin_all(storage, [delete_recent])
        for _ in range(steps):
            if not dying.is_done:
                await dying.advance()
        is_finished = dying.is_done
        await dying.kill()

        is_there = await keyed(storage) == [RECENT]
        made = await storage.keyed_posts.insert_once(ANN, "hello", key=KEY)

        assert (made is not None) == is_there
        assert await storage.posts.delete_post(RECENT, author=ANN) == is_there
        assert await storage.keyed_posts.insert_once(ANN, "hello", key=KEY) is None
        if is_finished:
            return
    pytest.fail("the deletion goes on for ever")


@pytest.mark.parametrize("seed", range(30))
async def test_two_retries_during_the_deletion_make_no_post(storage: Storage, seed: int) -> None:
    """A sample of the schedules."""
    await put_post(storage, RECENT)
    calls = await begin_all(storage, [create, delete_recent, create])
    await run(storage, calls, sample(seed))
    assert calls[1].result
    for call in (calls[0], calls[2]):
        assert call.result is None or (call.result.post.id, call.result.is_new) == (RECENT, False)
    assert await storage.mongo.collection("posts").count_documents({}) == 0
    assert await storage.keyed_posts.insert_once(ANN, "hello", key=KEY) is None
