"""The ledger is written once, struck once for each chunk, and complete after the last strike."""

import asyncio
from datetime import UTC, datetime, timedelta

from domain.records import Chunk, Post
from storage import Storage
from storage.feed.ledgers import Backlog, PostInFlight
from tests.world import World


def make_chunks(*sizes: int) -> list[Chunk]:
    return [
        Chunk(number=number, after=number * 10, until=number * 10 + 10, size=size) for number, size in enumerate(sizes)
    ]


async def write(storage: Storage, post: Post, chunks: list[Chunk]) -> None:
    async with storage.mongo.causal() as session:
        await storage.feed.ledgers.write_ledger(post.id, chunks, session=session)


async def strike(storage: Storage, post: Post, chunk: Chunk) -> bool:
    async with storage.mongo.causal() as session:
        return await storage.feed.ledgers.strike_chunk(post.id, chunk, session=session)


async def find(storage: Storage, post: Post) -> PostInFlight | None:
    async with storage.mongo.causal() as session:
        return await storage.feed.ledgers.find_in_flight(post.id, session=session)


async def reread(storage: Storage, post: Post) -> Post:
    found = await storage.posts.find_by_id(post.id)
    assert found is not None
    return found


async def test_a_missing_ledger_differs_from_an_empty_one(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    flight = await find(storage, post)
    assert flight == PostInFlight(post=post.id, author=post.author, ledger=None, answers_another=False)


async def test_a_ledger_is_written_once(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    await write(storage, post, make_chunks(3, 4))
    await write(storage, post, make_chunks(100))
    await write(storage, post, [])

    flight = await find(storage, post)
    assert flight is not None
    assert flight.ledger == tuple(make_chunks(3, 4))
    assert (await reread(storage, post)).targets == 7


async def test_one_of_two_concurrent_plans_is_kept_whole(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    plans = [make_chunks(1, 2), make_chunks(4, 5, 6), []]
    await asyncio.gather(*(write(storage, post, plan) for plan in plans))

    flight, targets = await find(storage, post), (await reread(storage, post)).targets
    kept = flight.ledger or () if flight else ()
    assert list(kept) in plans
    assert sum(chunk.size for chunk in kept) == targets


async def test_a_plan_without_chunks_completes_the_post(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    await write(storage, post, [])
    assert await find(storage, post) is None
    found = await reread(storage, post)
    assert (found.in_flight, found.targets, found.delivered) == (False, 0, 0)
    assert found.completed_at is not None


async def test_a_strike_counts_once_and_the_last_one_completes(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    first, second = make_chunks(3, 4)
    await write(storage, post, [first, second])

    assert not any(await asyncio.gather(*(strike(storage, post, first) for _ in range(5))))
    found = await reread(storage, post)
    assert (found.in_flight, found.delivered, found.completed_at) == (True, 3, None)

    await strike(storage, post, second)
    found = await reread(storage, post)
    assert (found.in_flight, found.delivered) == (False, 7)
    assert found.completed_at is not None
    await strike(storage, post, second)
    assert await reread(storage, post) == found


async def test_concurrent_strikes_are_all_counted(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    chunks = make_chunks(*range(1, 11))
    await write(storage, post, chunks)
    struck = await asyncio.gather(*(strike(storage, post, chunk) for chunk in chunks * 2))
    assert struck.count(True) == 1
    found = await reread(storage, post)
    assert (found.in_flight, found.delivered) == (False, 55)


async def test_a_strike_before_the_plan_or_after_completion_does_nothing(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    (chunk,) = make_chunks(3)
    await strike(storage, post, chunk)
    assert await reread(storage, post) == post
    await write(storage, post, [])
    complete = await reread(storage, post)
    await strike(storage, post, chunk)
    assert await reread(storage, post) == complete


async def test_a_deleted_post_is_not_in_flight_and_is_not_restored(storage: Storage, world: World) -> None:
    post = await world.post(await world.make_user())
    (chunk,) = make_chunks(3)
    await write(storage, post, [chunk])
    await storage.posts.delete_post(post.id, author=post.author)
    await strike(storage, post, chunk)
    await write(storage, post, [chunk])
    assert await find(storage, post) is None
    assert await storage.posts.find_by_id(post.id) is None


async def test_the_backlog_is_counted_and_its_oldest_post_found(storage: Storage, world: World) -> None:
    ann, bob = await world.make_user(), await world.make_user()
    assert await storage.feed.ledgers.measure_backlog(limit=10) == Backlog(0, None)
    posts = [await world.post(author) for author in (bob, ann, bob)]
    assert await storage.feed.ledgers.measure_backlog(limit=10) == Backlog(3, posts[0].id)
    assert (await storage.feed.ledgers.measure_backlog(limit=2)).posts == 2


async def test_a_claimed_post_is_no_longer_overdue(storage: Storage, world: World) -> None:
    author = await world.make_user()
    fresh, complete = await world.post(author), await world.post(author)
    await write(storage, complete, [])
    older_than = timedelta(minutes=30)
    assert await storage.feed.ledgers.claim_overdue(older_than=older_than, limit=10) == []
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    await storage.mongo.collection("posts").update_many({}, {"$set": {"sent_at": an_hour_ago}})

    (flight,) = await storage.feed.ledgers.claim_overdue(older_than=older_than, limit=10)

    assert flight.post == fresh.id
    assert await storage.feed.ledgers.count_in_flight(limit=10) == 1
    assert await storage.feed.ledgers.claim_overdue(older_than=older_than, limit=10) == []
