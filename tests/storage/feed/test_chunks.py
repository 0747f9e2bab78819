"""A plan cuts the pushed followers into chunks that contain every one of them."""

import itertools

import pytest

from domain.ids import MAX_ID
from domain.records import Chunk, User
from domain.watermarks import FILLING, NEVER
from storage import Storage
from tests.storage.crowds import make_crowd, make_followers
from tests.world import World


async def plan(storage: Storage, followee: User, *, chunk_size: int) -> list[Chunk]:
    async with storage.mongo.causal() as session:
        return await storage.feed.edges.plan(followee.id, chunk_size=chunk_size, session=session)


async def members(storage: Storage, followee: User, chunk: Chunk) -> list[int]:
    async with storage.mongo.causal() as session:
        return await storage.feed.edges.pushed_followers(followee.id, chunk, session=session)


@pytest.mark.parametrize("followers", [1, 2, 3, 4, 6, 7, 20])
async def test_the_chunks_of_a_plan_contain_every_pushed_follower_once(
    storage: Storage, world: World, followers: int
) -> None:
    """Create followers whose edges are in the opposite order of their ids."""
    author = await world.make_user()
    crowd = await make_crowd(storage, followers)
    await make_followers(storage, author, crowd[::-1], push_from=0)
    await make_followers(storage, author, await make_crowd(storage, 5, name="pulled"), push_from=NEVER)

    chunks = await plan(storage, author, chunk_size=3)

    held = [await members(storage, author, chunk) for chunk in chunks]
    assert [follower for chunk in held for follower in chunk] == [user.id for user in crowd]
    assert [len(chunk) for chunk in held] == [chunk.size for chunk in chunks]
    assert all(chunk.size <= 3 for chunk in chunks)


@pytest.mark.parametrize("followers", [1, 3, 5])
async def test_the_chunks_together_cover_every_possible_follower(
    storage: Storage, world: World, followers: int
) -> None:
    author = await world.make_user()
    await make_followers(storage, author, await make_crowd(storage, followers), push_from=0)
    chunks = await plan(storage, author, chunk_size=3)
    assert [chunk.number for chunk in chunks] == list(range(len(chunks)))
    assert (chunks[0].after, chunks[-1].until) == (-1, MAX_ID)
    assert all(one.until == other.after for one, other in itertools.pairwise(chunks))


async def test_filling_edges_are_in_the_plan(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=FILLING)
    (chunk,) = await plan(storage, author, chunk_size=3)
    assert await members(storage, author, chunk) == [reader.id]


async def test_an_author_without_pushed_edges_has_no_chunks(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    assert await plan(storage, author, chunk_size=3) == []
    await world.follow(reader, author, push_from=NEVER)
    assert await plan(storage, author, chunk_size=3) == []
