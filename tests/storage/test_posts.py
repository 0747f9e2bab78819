"""Posts and stories."""

import pytest

from domain.ids import MAX_ID
from domain.pages import PageRequest
from storage import Storage
from storage.memory.ids import IdGenerator
from storage.posts import Posts
from tests.storage.crowds import make_posts
from tests.waiting import bounded
from tests.world import World


async def story(storage: Storage, author: int, page_size: int) -> list[int]:
    read: list[int] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await storage.stories.page(author, PageRequest(page_size, before))
        read += [post.id for post in page.items]
        if not page.has_next:
            break
        assert len(page.items) == page_size
        assert read[-1] < before, "each page continues below the previous one"
        before = read[-1]
    return read


async def test_a_post_is_stored_in_flight_and_found(storage: Storage, world: World) -> None:
    author = await world.make_user()
    post = await world.post(author, "a @bob ☃")
    assert post.in_flight
    assert await storage.posts.find_by_id(post.id) == post
    assert await storage.posts.find_by_id(post.id + 1) is None


@pytest.mark.parametrize("page_size", [1, 2, 5, 6, 7, 100])
async def test_a_story_is_paged_newest_first_to_its_end(storage: Storage, world: World, page_size: int) -> None:
    author, other = await world.make_users(2)
    posts = await make_posts(storage, [author] * 6)
    await make_posts(storage, [other] * 3)
    assert await story(storage, author.id, page_size) == [post.id for post in reversed(posts)]


async def test_a_story_without_posts_is_an_empty_page(storage: Storage, world: World) -> None:
    page = await storage.stories.page((await world.make_user()).id, PageRequest(5))
    assert (list(page.items), page.has_next) == ([], False)


async def test_a_story_continues_below_a_deleted_post(storage: Storage, world: World) -> None:
    author = await world.make_user()
    first, second, third = await make_posts(storage, [author] * 3)
    assert await storage.posts.delete_post(second.id, author=author.id)
    page = await storage.stories.page(author.id, PageRequest(5, second.id))
    assert [post.id for post in page.items] == [first.id]
    assert await story(storage, author.id, 1) == [third.id, first.id]


async def test_only_its_author_deletes_a_post_and_only_once(storage: Storage, world: World) -> None:
    author, other = await world.make_users(2)
    post = await world.post(author)
    assert not await storage.posts.delete_post(post.id, author=other.id)
    assert await storage.posts.find_by_id(post.id) is not None
    assert await storage.posts.delete_post(post.id, author=author.id)
    assert not await storage.posts.delete_post(post.id, author=author.id)


async def test_a_taken_id_is_drawn_again(storage: Storage, world: World) -> None:
    """Two processes may draw the same id. Neither post may be lost or overwrite the other."""
    author = await world.make_user()
    first = await world.post(author, "first")

    numbers = iter([first.id, first.id, first.id + 1])

    class Clash(IdGenerator):
        def draw(self) -> int:
            return next(numbers)

    second = await Posts(storage.mongo, Clash(), storage.media).insert_post(author.id, "second")

    assert second.id == first.id + 1
    found = await storage.posts.find_by_id(first.id)
    assert found is not None
    assert found.text == "first"
