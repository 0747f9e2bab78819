"""Watermarks move by conditional updates. A run with an outdated token changes nothing."""

import pytest

from domain.watermarks import FILLING, NEVER, fresh_token, is_filling
from storage import Storage
from storage.feed.edges import IS_FILLING
from tests.world import World


async def watermarks(storage: Storage) -> dict[int, int]:
    """Return the watermarks, keyed by edge."""
    return {edge["_id"]: edge["push_from"] async for edge in storage.mongo.collection("follows").find({})}


async def test_only_edges_with_the_expected_watermark_are_marked(storage: Storage, world: World) -> None:
    author, *readers = await world.make_users(4)
    for reader, push_from in zip(readers, (NEVER, 7, fresh_token()), strict=True):
        await world.follow(reader, author, push_from=push_from)
    before = await watermarks(storage)
    never, steady, filling = before

    async with storage.mongo.causal() as session:
        token = await storage.feed.edges.mark_filling(list(before), NEVER, session=session)
        marked = await storage.feed.edges.find_marked(list(before), token, session=session)

    assert [edge.follower for edge in marked] == [readers[0].id]
    assert await watermarks(storage) == before | {never: token}
    assert is_filling(token)
    assert {steady, filling} < set(before)


async def test_lowering_with_an_outdated_token_does_nothing(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=fresh_token())
    edges = list(await watermarks(storage))

    async with storage.mongo.causal() as session:
        slow = await storage.feed.edges.mark_filling(edges, IS_FILLING, session=session)
        quick = await storage.feed.edges.mark_filling(edges, IS_FILLING, session=session)
        assert await storage.feed.edges.lower(edges, slow, 5, session=session) == 0
        assert list((await watermarks(storage)).values()) == [quick]
        assert await storage.feed.edges.lower(edges, quick, 9, session=session) == 1
        assert await storage.feed.edges.lower(edges, quick, 3, session=session) == 0

    assert list((await watermarks(storage)).values()) == [9]


@pytest.mark.parametrize("push_from", [0, 12345, FILLING, NEVER - 1, NEVER])
async def test_an_edge_can_be_raised_at_any_time(storage: Storage, world: World, push_from: int) -> None:
    author, other, reader = await world.make_users(3)
    await world.follow(reader, author, push_from=push_from)
    await world.follow(reader, other, push_from=1)

    assert await storage.feed.edges.stop_pushing_author(author.id, limit=1) == (push_from != NEVER)
    assert not await storage.feed.edges.stop_pushing_author(author.id, limit=1)

    assert sorted((await watermarks(storage)).values()) == [1, NEVER]


async def test_raising_an_edge_ends_the_run_that_fills_it(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author)
    edges = list(await watermarks(storage))
    async with storage.mongo.causal() as session:
        token = await storage.feed.edges.mark_filling(edges, IS_FILLING, session=session)
        await storage.feed.edges.stop_pushing_author(author.id, limit=10)
        assert await storage.feed.edges.lower(edges, token, 0, session=session) == 0
    assert list((await watermarks(storage)).values()) == [NEVER]


async def test_an_edge_is_another_one_after_an_unfollow_and_a_follow(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author)
    edges = list(await watermarks(storage))
    async with storage.mongo.causal() as session:
        token = await storage.feed.edges.mark_filling(edges, IS_FILLING, session=session)
        await world.unfollow(reader, author)
        await world.follow(reader, author)
        before = await watermarks(storage)
        assert await storage.feed.edges.lower(edges, token, 0, session=session) == 0
    assert await watermarks(storage) == before


async def test_filling_edges_and_pulled_edges_are_found(storage: Storage, world: World) -> None:
    author, one, two, three = await world.make_users(4)
    for reader, push_from in ((one, NEVER), (two, FILLING), (three, NEVER)):
        await world.follow(reader, author, push_from=push_from)
    first, second, third = await watermarks(storage)

    assert await storage.feed.edges.find_filling_readers(limit=10) == {two.id}
    assert await storage.feed.edges.find_filling_of_reader(two.id, limit=10) == [second]
    assert await storage.feed.edges.find_filling_of_reader(one.id, limit=10) == []

    async def pulled(*, after: int, limit: int) -> tuple[list[int], int | None]:
        batch = await storage.feed.edges.pulled_of_author(author.id, after=after, limit=limit)
        return [edge.id for edge in batch.pulled], batch.until

    assert await pulled(after=0, limit=10) == ([first, third], None)
    assert await pulled(after=first, limit=10) == ([third], None)
    assert await pulled(after=0, limit=1) == ([first], first)
    assert await pulled(after=first, limit=1) == ([], second), "the limit counts examined edges"
    assert await pulled(after=0, limit=3) == ([first, third], third)
    assert await pulled(after=third, limit=3) == ([], None)
    batch = await storage.feed.edges.pulled_of_reader(three.id, after=0, limit=10)
    assert [edge.id for edge in batch.pulled] == [third]
