"""Replies to a post in both orders, and the posts that quote it."""

from collections.abc import Sequence

import pytest

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import MAX_PATH, Post
from domain.threads import ReplyOrder, ReplyRequest
from storage import Storage
from tests.commands import Commands, explain
from tests.conversations import insert_repost
from tests.waiting import bounded
from tests.world import World


async def replies(storage: Storage, post: Post, page_size: int, order: ReplyOrder) -> list[int]:
    read: list[int] = []
    after: int | None = None
    for _ in bounded():
        page = await storage.threads.replies(post.id, ReplyRequest(page_size, order, after))
        read += [reply.id for reply in page.items]
        if not page.has_next:
            break
        assert len(page.items) == page_size
        after = read[-1]
    return read


async def quotes(storage: Storage, post: Post, page_size: int) -> list[int]:
    read: list[int] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await storage.threads.quotes(post.id, PageRequest(page_size, before))
        read += [quote.id for quote in page.items]
        if not page.has_next:
            break
        assert len(page.items) == page_size
        before = read[-1]
    return read


async def make_thread(world: World) -> tuple[Post, list[int]]:
    """Create a post with seven direct replies, among replies to replies, to others, quotes and reposts."""
    ann, bob = await world.make_users(2)
    post, other = await world.post(ann), await world.post(ann)
    direct: list[int] = []
    for place in range(7):
        reply = await world.post(bob, f"{place}", reply_to=post)
        direct.append(reply.id)
        await world.post(ann, reply_to=reply)
        await world.post(ann, reply_to=other)
        await world.post(ann, quote=post)
        await insert_repost(world.storage, ann, reply)
    return post, direct


@pytest.mark.parametrize("page_size", [1, 2, 3, 6, 7, 8, 100])
async def test_replies_are_paged_in_both_orders_to_their_end(storage: Storage, world: World, page_size: int) -> None:
    post, direct = await make_thread(world)
    assert await replies(storage, post, page_size, ReplyOrder.OLDEST) == sorted(direct)
    assert await replies(storage, post, page_size, ReplyOrder.NEWEST) == sorted(direct, reverse=True)


@pytest.mark.parametrize("page_size", [1, 2, 6, 7, 100])
async def test_quotes_are_paged_newest_first_to_their_end(storage: Storage, world: World, page_size: int) -> None:
    ann, bob = await world.make_users(2)
    post = await world.post(ann)
    quoting = [(await world.post(bob, f"{place}", quote=post)).id for place in range(6)]
    await world.post(bob, reply_to=post)
    assert await quotes(storage, post, page_size) == quoting[::-1]


async def test_replies_to_a_deleted_post_stay(storage: Storage, world: World) -> None:
    ann = await world.make_user()
    post = await world.post(ann)
    reply = await world.post(ann, reply_to=post)
    assert await storage.posts.delete_post(post.id, author=ann.id)
    assert await replies(storage, post, 5, ReplyOrder.OLDEST) == [reply.id]
    found = await storage.posts.find_by_id(reply.id)
    assert found is not None
    assert (found.reply_to, found.reply_to_author) == (post.id, ann.id)


async def test_a_reply_knows_its_ancestors_nearest_first_up_to_a_bound(storage: Storage, world: World) -> None:
    ann = await world.make_user()
    thread: list[Post] = [await world.post(ann)]
    for _ in range(MAX_PATH + 3):
        thread.append(await world.post(ann, reply_to=thread[-1]))
    for place, post in enumerate(thread):
        expected: Sequence[int] = [above.id for above in thread[:place][::-1]][:MAX_PATH]
        assert list(post.path) == expected
        assert post.root == (thread[0].id if place else None)
    assert await storage.posts.find_by_id(thread[-1].id) == thread[-1]


async def test_pages_of_replies_and_quotes_examine_no_more_than_their_page(
    storage: Storage, world: World, commands: Commands
) -> None:
    ann = await world.make_user()
    post = await world.post(ann)
    for _ in range(30):
        await world.post(ann, reply_to=post, quote=post)
    with commands.during() as sent:
        await storage.threads.replies(post.id, ReplyRequest(5))
        await storage.threads.replies(post.id, ReplyRequest(5, ReplyOrder.NEWEST))
        await storage.threads.quotes(post.id, PageRequest(5))
    plans = [await explain(storage, command) for command in sent]
    assert len(plans) == 3
    for plan in plans:
        assert (plan.keys, plan.documents) == (6, 6)
        assert "SORT" not in plan.stages
