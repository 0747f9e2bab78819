"""Examples of feeds from each mixture of sources. Each equals that of the oracle."""

import pytest

from domain.watermarks import FILLING, NEVER
from storage import Storage
from tests.storage.crowds import assert_exact, complete, make_crowd, make_followees, make_posts
from tests.world import World

WATERMARKS = {"pushed": 0, "filling": FILLING, "pulled": NEVER}


@pytest.mark.parametrize("push_from", WATERMARKS.values(), ids=WATERMARKS)
@pytest.mark.parametrize("in_flight", [True, False])
async def test_a_followee_s_post_is_shown_on_every_kind_of_edge(
    storage: Storage, world: World, push_from: int, in_flight: bool
) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=push_from)
    posts = await make_posts(storage, [author] * 5)
    if not in_flight:
        await storage.feed.entries.insert_entries(
            (reader.id, post.id, author.id) for post in posts if push_from < NEVER
        )
        await complete(storage)
    assert len(await assert_exact(world, reader)) == 5


async def test_an_edge_pushed_from_the_middle_is_pulled_below(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    posts = await make_posts(storage, [author] * 9)
    await complete(storage)
    await world.follow(reader, author, push_from=posts[4].id)
    await storage.feed.entries.insert_entries((reader.id, post.id, author.id) for post in posts[4:])
    assert len(await assert_exact(world, reader)) == 9


async def test_posts_of_all_sources_are_merged_in_order(storage: Storage, world: World) -> None:
    reader, pushed, filling, pulled, stranger = await world.make_users(5)
    await world.follow(reader, pushed, push_from=0)
    await world.follow(reader, filling, push_from=FILLING)
    await world.follow(reader, pulled, push_from=NEVER)
    old = await make_posts(storage, [pushed, stranger, filling, pulled] * 8)
    await complete(storage)
    delivered = [post for post in old if post.author == pushed.id]
    twice = [post for post in old if post.author == filling.id][::2]
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in [*delivered, *twice])
    await make_posts(storage, [pushed, stranger, filling, pulled] * 3)

    assert len(await assert_exact(world, reader)) == 33


@pytest.mark.parametrize("number", [200, 201, 230])
async def test_any_number_of_posts_in_flight_is_shown(storage: Storage, world: World, number: int) -> None:
    reader, author, *strangers = await world.make_users(6)
    await world.follow(reader, author, push_from=0)
    await make_posts(storage, [author, *strangers] * (number // 5) + [author] * (number % 5))
    assert await storage.feed.ledgers.count_in_flight(limit=1_000) == number
    assert len(await assert_exact(world, reader, page_sizes=(7, 100))) == number // 5 + number % 5


async def test_posts_below_the_floor_are_pulled_from_all_followees(storage: Storage, world: World) -> None:
    reader, pushed, pulled = await world.make_users(3)
    await world.follow(reader, pushed, push_from=0)
    await world.follow(reader, pulled, push_from=NEVER)
    posts = await make_posts(storage, [pushed, pulled] * 10)
    await complete(storage)
    floor = posts[14].id
    await storage.readers.raise_floor(reader.id, floor)
    delivered = [post for post in posts if post.author == pushed.id]
    above = [post for post in delivered if post.id >= floor]
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in [*above, *delivered[:3]])

    assert len(await assert_exact(world, reader, page_sizes=(1, 5, 6, 19, 20, 21))) == 20


async def test_remaining_entries_below_the_floor_are_not_taken_as_complete(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    posts = await make_posts(storage, [author] * 14)
    await complete(storage)
    await storage.readers.raise_floor(reader.id, posts[9].id)
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in [*posts[9:], *posts[1:9:2]])
    for post in posts[9:13]:
        await storage.posts.delete_post(post.id, author=author.id)
    assert len(await assert_exact(world, reader, page_sizes=(1, 2, 3, 4, 5))) == 10


async def test_any_number_of_entries_of_deleted_posts_is_skipped(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    posts = await make_posts(storage, [author] * 60)
    await complete(storage)
    await storage.feed.entries.insert_entries((reader.id, post.id, author.id) for post in posts)
    for post in posts[5:55]:
        await storage.posts.delete_post(post.id, author=author.id)
    assert len(await assert_exact(world, reader, page_sizes=(1, 4, 5, 6, 100))) == 10


async def test_stale_entries_of_an_unfollowed_author_are_skipped(storage: Storage, world: World) -> None:
    reader, kept, left = await world.make_users(3)
    for author in (kept, left):
        await world.follow(reader, author, push_from=0)
    posts = await make_posts(storage, [kept, *[left] * 9] * 5)
    await complete(storage)
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in posts)
    assert len(await assert_exact(world, reader)) == 50

    await world.unfollow(reader, left)
    assert len(await assert_exact(world, reader)) == 5
    await world.follow(reader, left)
    assert len(await assert_exact(world, reader)) == 50, "each post is shown once after a new follow"


async def test_the_follow_is_checked_against_the_author_of_the_post(storage: Storage, world: World) -> None:
    """The author stored in an entry is never trusted."""
    reader, followed, stranger = await world.make_users(3)
    await world.follow(reader, followed, push_from=0)
    one, other = await make_posts(storage, [followed, stranger])
    await complete(storage)
    await storage.feed.entries.insert_entries([(reader.id, one.id, stranger.id), (reader.id, other.id, followed.id)])
    assert await assert_exact(world, reader) == [one.id]


@pytest.mark.parametrize("followees", [200, 201, 430])
async def test_many_pulled_accounts_are_merged(storage: Storage, world: World, followees: int) -> None:
    reader = await world.make_user()
    authors = await make_crowd(storage, followees)
    await make_followees(storage, reader, authors, push_from=NEVER)
    await make_posts(storage, [*authors, *authors[::-1]])
    await complete(storage)
    assert len(await assert_exact(world, reader, page_sizes=(100,))) == 2 * followees


async def test_a_feed_has_neither_the_reader_s_posts_nor_those_of_strangers(storage: Storage, world: World) -> None:
    reader, stranger = await world.make_users(2)
    await world.follow(stranger, reader)
    await make_posts(storage, [reader, stranger] * 3)
    assert await assert_exact(world, reader) == []
