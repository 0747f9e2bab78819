"""Pages of a feed have no gaps, no duplicates and an exact end."""

import pytest

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.watermarks import NEVER
from storage import Storage
from tests.storage.crowds import assert_exact, complete, make_posts
from tests.world import World


async def test_every_page_size_reads_to_the_oldest_post(storage: Storage, world: World) -> None:
    reader, pushed, pulled = await world.make_users(3)
    await world.follow(reader, pushed, push_from=0)
    await world.follow(reader, pulled, push_from=NEVER)
    posts = await make_posts(storage, [pushed, pulled] * 6)
    await complete(storage)
    await storage.feed.entries.insert_entries(
        (reader.id, post.id, post.author) for post in posts if post.author == pushed.id
    )
    assert len(await assert_exact(world, reader, page_sizes=tuple(range(1, 15)))) == 12


@pytest.mark.parametrize("live", [0, 1, 5, 6])
async def test_there_is_a_next_page_only_if_a_live_post_is_left(storage: Storage, world: World, live: int) -> None:
    """All entries below the page may belong to deleted posts, be stale, or belong to other readers."""
    reader, author, left = await world.make_users(3)
    await world.follow(reader, author, push_from=0)
    old = await make_posts(storage, [left, author] * 10)
    new = await make_posts(storage, [author] * live)
    await complete(storage)
    await storage.feed.entries.insert_entries((reader.id, post.id, post.author) for post in [*old, *new])
    for post in old[1::2]:
        await storage.posts.delete_post(post.id, author=author.id)

    page = await storage.feed.page(reader.id, PageRequest(5))

    assert [post.id for post in page.items] == [post.id for post in new[::-1][:5]]
    assert page.has_next is (live > 5)


async def test_a_cursor_outlives_its_post(storage: Storage, world: World) -> None:
    author, reader = await world.make_users(2)
    await world.follow(reader, author, push_from=0)
    posts = await make_posts(storage, [author] * 6)
    page = await storage.feed.page(reader.id, PageRequest(3))
    await storage.posts.delete_post(page.items[-1].id, author=author.id)
    rest = await storage.feed.page(reader.id, PageRequest(3, page.items[-1].id))
    assert [post.id for post in rest.items] == [post.id for post in posts[2::-1]]
    assert not rest.has_next


@pytest.mark.parametrize("before", [0, 1, MAX_ID + 1, 2**63 - 1])
async def test_any_cursor_is_valid_in_an_empty_feed(storage: Storage, world: World, before: int) -> None:
    reader, nobody = (await world.make_user()).id, 12345
    for user in (reader, nobody):
        page = await storage.feed.page(user, PageRequest(20, before))
        assert (list(page.items), page.has_next) == ([], False)
