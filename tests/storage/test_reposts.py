"""Reposts: one for each account and post, above the post, and lists of them."""

from collections.abc import Sequence, Set

import pytest

from domain.ids import MAX_ID, RANDOM_BITS
from domain.pages import PageRequest
from domain.records import Post, User
from domain.surroundings import Wanted
from storage import Storage
from storage.buckets import bucket_of
from storage.memory.ids import IdGenerator
from storage.mongo import Document
from storage.post_documents import new_repost
from storage.reposts import Reposts
from tests.commands import Commands, explain
from tests.waiting import bounded
from tests.world import World


async def nobody(_: Sequence[int]) -> Set[int]:
    return set()


class Draws(IdGenerator):
    """Draws these ids, one after the other."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = list(numbers)

    def draw(self) -> int:
        return self._numbers.pop(0)


def with_ids(storage: Storage, *numbers: int) -> Reposts:
    return Reposts(storage.mongo, Draws(*numbers), version=storage.data_version, removals=storage.removals)


async def made(storage: Storage, author: User, post: Post) -> int:
    reposting = await storage.reposts.repost(author.id, post)
    assert reposting is not None
    assert reposting.is_new
    return reposting.id


async def reposts_of(storage: Storage, post: Post) -> list[Document]:
    return [found async for found in storage.mongo.collection("posts").find({"repost_of": post.id})]


async def crowd_reposts(storage: Storage, post: Post, number: int) -> list[int]:
    """Return the reposters, the latest first. Reposter n has the id n."""
    documents = [new_repost(post.id + each, author=each, of=post) for each in range(1, number + 1)]
    await storage.mongo.collection("posts").insert_many(documents)
    return list(range(number, 0, -1))


async def test_the_latest_reposters_are_found_by_their_index_alone(
    storage: Storage, world: World, commands: Commands
) -> None:
    post = await world.post(await world.make_user())
    reposters = await crowd_reposts(storage, post, 30)
    await world.post(await world.make_user())
    assert await storage.reposts.latest_reposters(post.id, most=20) == tuple(reposters[:20])
    with commands.during() as sent:
        await storage.reposts.latest_reposters(post.id, most=20)
    (plan,) = [await explain(storage, command) for command in sent]
    assert (plan.keys, plan.documents) == (20, 0)


async def test_a_repost_is_stored_once_in_flight_above_its_post(storage: Storage, world: World) -> None:
    author, bob = await world.make_users(2)
    post = await world.post(author)
    number = await made(storage, bob, post)
    again = await storage.reposts.repost(bob.id, post)
    assert again is not None
    assert (again.id, again.is_new) == (number, False)
    assert number > post.id
    (stored,) = await reposts_of(storage, post)
    assert stored.pop("sent_at")
    assert stored == {
        "_id": number,
        "author": bob.id,
        "repost_of": post.id,
        "original_author": author.id,
        "kind": "repost",
        "in_flight": True,
        "bucket": bucket_of(number, post.id),
        "uncounted": [post.id],
    }


async def test_its_id_is_above_that_of_a_post_from_a_clock_ahead(storage: Storage, world: World) -> None:
    author = await world.make_user()
    post = await world.post(author)
    numbers = set()
    for _ in range(3):
        reposting = await with_ids(storage, post.id - 5).repost(author.id, post)
        assert reposting is not None
        assert reposting.id > post.id
        numbers.add(reposting.id)
        await storage.reposts.undo(author.id, post.id)
    assert len(numbers) == 3, "an id is not drawn again while a task of its first repost may be running"


async def test_a_taken_id_is_drawn_again(storage: Storage, world: World) -> None:
    author, bob, cem = await world.make_users(3)
    post = await world.post(author)
    taken = post.id + 2 ** (RANDOM_BITS + 1)  # above every id that is drawn for a repost of a post just made
    await storage.mongo.collection("posts").insert_one({"_id": taken, "author": bob.id, "text": "taken"})
    first = await with_ids(storage, taken, taken + 9).repost(bob.id, post)
    assert first is not None
    assert first.id == taken + 9
    second = await with_ids(storage, first.id, taken + 10).repost(cem.id, post)
    assert second is not None
    assert second.id == taken + 10
    assert len(await reposts_of(storage, post)) == 2


async def test_a_repost_of_a_deleted_post_leaves_nothing(storage: Storage, world: World) -> None:
    author, bob = await world.make_users(2)
    post = await world.post(author)
    await storage.posts.delete_post(post.id, author=author.id)
    assert await storage.reposts.repost(bob.id, post) is None
    assert await reposts_of(storage, post) == []


async def test_a_repost_made_before_the_deletion_is_none_afterwards(storage: Storage, world: World) -> None:
    author, bob = await world.make_users(2)
    post = await world.post(author)
    await made(storage, bob, post)
    await storage.posts.delete_post(post.id, author=author.id)
    assert await storage.reposts.repost(bob.id, post) is None


async def test_undoing_deletes_only_ones_own_repost_and_once(storage: Storage, world: World) -> None:
    author, bob, cem = await world.make_users(3)
    post, other = await world.post(author), await world.post(author)
    number, kept = await made(storage, bob, post), await made(storage, cem, post)
    others = await made(storage, bob, other)
    assert await storage.reposts.undo(bob.id, post.id) == number
    assert await storage.reposts.undo(bob.id, post.id) is None
    assert [found["_id"] for found in await reposts_of(storage, post)] == [kept]
    assert [found["_id"] for found in await reposts_of(storage, other)] == [others]
    assert await made(storage, bob, post) != number


async def test_a_repost_is_no_post(storage: Storage, world: World) -> None:
    author = await world.make_user()
    post = await world.post(author)
    number = await made(storage, author, post)
    assert await storage.posts.find_by_id(number) is None
    assert await storage.posts.find_by_ids([number, post.id]) == [await storage.posts.find_by_id(post.id)]
    assert not await storage.posts.delete_post(number, author=author.id)
    assert [event.id for event in (await storage.stories.page(author.id, PageRequest(5))).items] == [post.id]
    assert len(await reposts_of(storage, post)) == 1


async def test_which_of_many_posts_an_account_has_reposted(storage: Storage, world: World, commands: Commands) -> None:
    author, bob = await world.make_users(2)
    posts = [await world.post(author) for _ in range(4)]
    await made(storage, bob, posts[1])
    await made(storage, author, posts[2])
    with commands.during() as sent:
        found = await storage.surroundings.read(bob.id, Wanted(reposted=frozenset(post.id for post in posts)))
    assert found.reposted == {posts[1].id}
    (plan,) = [await explain(storage, command) for command in sent]
    assert plan.keys <= 2 * len(posts)
    assert plan.documents == 0, "the index covers the answer"


@pytest.mark.parametrize("page_size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("hidden", [set(), {7}, {1}, {3, 4, 5}, {1, 2, 3, 4, 5, 6, 7}], ids=str)
async def test_reposters_are_paged_the_latest_first_without_hidden_accounts(
    storage: Storage, world: World, page_size: int, hidden: set[int]
) -> None:
    async def find_hidden(accounts: Sequence[int]) -> Set[int]:
        return hidden.intersection(accounts)

    post, other = await world.post(await world.make_user()), await world.post(await world.make_user())
    reposters = await crowd_reposts(storage, post, 7)
    await made(storage, await world.make_user(), other)
    read: list[int] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await storage.reposts.reposters(post.id, PageRequest(page_size, before), find_hidden=find_hidden)
        read += [one.account for one in page.items]
        if not page.has_next:
            break
        assert len(page.items) == page_size
        before = page.items[-1].id
    assert read == [account for account in reposters if account not in hidden]


async def test_a_page_of_hidden_reposters_stops_and_says_where(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.people.REFILL", 2)
    monkeypatch.setattr("storage.people.REFILLS", 3)

    async def all_but_one(accounts: Sequence[int]) -> Set[int]:
        return {account for account in accounts if account != 1}

    post = await world.post(await world.make_user())
    await crowd_reposts(storage, post, 10)
    page = await storage.reposts.reposters(post.id, PageRequest(1), find_hidden=all_but_one)
    assert (list(page.items), page.has_next, page.end) == ([], True, post.id + 5)
    rest = await storage.reposts.reposters(post.id, PageRequest(1, page.end or 0), find_hidden=all_but_one)
    assert [one.account for one in rest.items] == [1]


async def test_reposts_are_listed_through_their_index(storage: Storage, world: World, commands: Commands) -> None:
    post = await world.post(await world.make_user())
    await crowd_reposts(storage, post, 50)
    with commands.during() as sent:
        await storage.reposts.reposters(post.id, PageRequest(10), find_hidden=nobody)
    (page,) = [await explain(storage, command) for command in sent]
    assert page.keys <= 12
    assert page.documents == 0, "the index covers the list"
    assert "SORT" not in page.stages
