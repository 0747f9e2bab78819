"""Likes and bookmarks: one for each account, post and kind, lists of them, and counts."""

from collections.abc import Sequence, Set

import pytest

from domain.acts import ActKind
from domain.ids import IDS_OF_HOUR, MAX_ID, first_id_of_hour
from domain.pages import PageRequest
from domain.records import Post, PostCounts, User
from domain.surroundings import Wanted
from storage import Storage
from storage.acts import Acts
from storage.indexes import ACTS_KEY
from storage.memory.ids import IdGenerator
from storage.mongo import Document
from tests.acts import count_likes, fold_all, nobody
from tests.commands import Commands, explain, explain_joins
from tests.waiting import bounded
from tests.world import World

LIKE, BOOKMARK = ActKind.LIKE, ActKind.BOOKMARK
KINDS = pytest.mark.parametrize("kind", [LIKE, BOOKMARK])


class Draws(IdGenerator):
    """Draws these ids, one after the other."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = list(numbers)

    def draw(self) -> int:
        return self._numbers.pop(0)


def with_ids(storage: Storage, *numbers: int) -> Acts:
    return Acts(storage.mongo, Draws(*numbers), storage.posts, version=storage.data_version)


async def acts_of(storage: Storage, post: Post) -> list[Document]:
    found = storage.mongo.collection("acts").find({"post": post.id}, {"_id": 0}).sort("user", 1)
    return [act async for act in found]


async def people(world: World) -> tuple[User, User, Post]:
    ann, bob = await world.make_users(2)
    return ann, bob, await world.post(ann)


async def crowd_likes(storage: Storage, post: Post, number: int) -> list[int]:
    """Return the accounts that like the post, the latest first. Account n has the id n."""
    likes = [{"kind": "like", "post": post.id, "user": each, "at": post.id + each} for each in range(1, number + 1)]
    await storage.mongo.collection("acts").insert_many(likes)
    return list(range(number, 0, -1))


# -- changes ----------------------------------------------------------------------------------------------------------


async def test_a_like_tells_the_author_and_the_hour(storage: Storage, world: World) -> None:
    ann, bob, post = await people(world)
    at = 5 * IDS_OF_HOUR + 12_345
    assert await with_ids(storage, at).add(LIKE, bob.id, post)
    bucket = (5 * IDS_OF_HOUR).to_bytes(8, "big") + post.id.to_bytes(8, "big")
    expected = {"kind": "like", "post": post.id, "user": bob.id, "at": at, "d": 1, "author": ann.id, "bucket": bucket}
    assert await acts_of(storage, post) == [expected]
    assert first_id_of_hour(6 * IDS_OF_HOUR - 1) == 5 * IDS_OF_HOUR


async def test_ones_own_like_and_a_bookmark_tell_nobody(storage: Storage, world: World) -> None:
    ann, bob, post = await people(world)
    assert await storage.acts.add(LIKE, ann.id, post)
    assert await storage.acts.add(BOOKMARK, bob.id, post)
    own, bookmark = await acts_of(storage, post)
    assert set(own) == {"kind", "post", "user", "at", "d"}
    assert set(bookmark) == {"kind", "post", "user", "at"}


@KINDS
async def test_doing_again_what_is_done_changes_nothing(storage: Storage, world: World, kind: ActKind) -> None:
    _, bob, post = await people(world)
    assert not await storage.acts.take_back(kind, bob.id, post.id)
    assert await storage.acts.add(kind, bob.id, post)
    before = await acts_of(storage, post)
    assert not await storage.acts.add(kind, bob.id, post)
    assert await acts_of(storage, post) == before
    await fold_all(world)
    assert not await storage.acts.add(kind, bob.id, post)
    assert await storage.acts.take_back(kind, bob.id, post.id)
    assert not await storage.acts.take_back(kind, bob.id, post.id)


@pytest.mark.parametrize("is_folded", [False, True], ids=["unfolded", "folded"])
@pytest.mark.parametrize("is_unfolded_again", [False, True], ids=["", "taken back and folded"])
async def test_to_like_again_is_a_new_act(
    storage: Storage, world: World, is_folded: bool, is_unfolded_again: bool
) -> None:
    _, bob, post = await people(world)
    await with_ids(storage, IDS_OF_HOUR).add(LIKE, bob.id, post)
    if is_folded:
        await fold_all(world)
    assert await storage.acts.take_back(LIKE, bob.id, post.id)
    assert await count_likes(storage, post) == 0
    if is_unfolded_again:
        await fold_all(world)
    assert await with_ids(storage, 7 * IDS_OF_HOUR).add(LIKE, bob.id, post)
    (act,) = await acts_of(storage, post)
    assert act["at"] == 7 * IDS_OF_HOUR
    assert act["bucket"].startswith((7 * IDS_OF_HOUR).to_bytes(8, "big"))
    assert await count_likes(storage, post) == 1


async def test_what_is_taken_back_stands_in_no_list(storage: Storage, world: World) -> None:
    """Notifications are read by `bucket`, from keys alone."""
    _, bob, post = await people(world)
    await storage.acts.add(LIKE, bob.id, post)
    await fold_all(world)
    await storage.acts.take_back(LIKE, bob.id, post.id)
    assert await acts_of(storage, post) == [{"kind": "like", "post": post.id, "user": bob.id, "d": -1}]
    assert not (await storage.acts.likers(post.id, PageRequest(5), find_hidden=nobody)).items
    assert not (await storage.acts.kept_posts(LIKE, bob.id, PageRequest(5))).items


async def test_a_drawn_id_that_another_like_of_the_post_has_is_drawn_again(storage: Storage, world: World) -> None:
    """A cursor names one act."""
    ann, bob, post = await people(world)
    await with_ids(storage, 500).add(LIKE, ann.id, post)
    await with_ids(storage, 500, 501).add(LIKE, bob.id, post)
    assert [act["at"] for act in await acts_of(storage, post)] == [500, 501]
    await fold_all(world)
    await storage.acts.take_back(LIKE, bob.id, post.id)
    await with_ids(storage, 500, 500, 502).add(LIKE, bob.id, post)
    assert [act["at"] for act in await acts_of(storage, post)] == [500, 502]


async def test_a_post_that_is_gone_can_be_unliked(storage: Storage, world: World) -> None:
    ann, bob, post = await people(world)
    await storage.acts.add(LIKE, bob.id, post)
    await storage.posts.delete_post(post.id, author=ann.id)
    assert await storage.acts.take_back(LIKE, bob.id, post.id)


# -- lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page_size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("hidden", [set(), {7}, {3, 4, 5}, {1, 2, 3, 4, 5, 6, 7}], ids=str)
async def test_who_likes_a_post_is_paged_the_latest_first_without_hidden_accounts(
    storage: Storage, world: World, page_size: int, hidden: set[int]
) -> None:
    async def find_hidden(accounts: Sequence[int]) -> Set[int]:
        return hidden.intersection(accounts)

    _, bob, post = await people(world)
    accounts = await crowd_likes(storage, post, 7)
    await storage.acts.add(BOOKMARK, bob.id, post)
    await storage.acts.add(LIKE, bob.id, await world.post(bob))
    read: list[int] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await storage.acts.likers(post.id, PageRequest(page_size, before), find_hidden=find_hidden)
        read += [one.account for one in page.items]
        if not page.has_next:
            break
        assert len(page.items) == page_size
        before = page.items[-1].id
    assert read == [account for account in accounts if account not in hidden]


@KINDS
@pytest.mark.parametrize("page_size", [1, 2, 3, 100])
async def test_kept_posts_are_paged_the_latest_act_first_without_deleted_ones(
    storage: Storage, world: World, kind: ActKind, page_size: int
) -> None:
    ann, bob, _ = await people(world)
    posts = [await world.post(ann) for _ in range(5)]
    order = [posts[place] for place in (2, 0, 4, 1, 3)]
    for post in order:
        await storage.acts.add(kind, bob.id, post)
        await storage.acts.add(kind, ann.id, post)
    await storage.acts.add(LIKE if kind is BOOKMARK else BOOKMARK, bob.id, await world.post(ann))
    await storage.posts.delete_post(posts[4].id, author=ann.id)
    read: list[int] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await storage.acts.kept_posts(kind, bob.id, PageRequest(page_size, before))
        read += [kept.post.id for kept in page.items]
        if not page.has_next:
            break
        assert page.end is not None
        before = page.end
    assert read == [posts[place].id for place in (3, 1, 0, 2)]


# -- plans ------------------------------------------------------------------------------------------------------------


async def test_lists_examine_one_key_for_each_item(storage: Storage, world: World, commands: Commands) -> None:
    _, bob, post = await people(world)
    await crowd_likes(storage, post, 50)
    for _ in range(30):
        await storage.acts.add(BOOKMARK, bob.id, await world.post(bob))
    with commands.during() as sent:
        await storage.acts.likers(post.id, PageRequest(10), find_hidden=nobody)
        await storage.acts.kept_posts(BOOKMARK, bob.id, PageRequest(10))
    likers, kept = [await explain(storage, command) for command in sent if "sort" in command]
    for plan in (likers, kept):
        assert plan.keys <= 12
        assert "SORT" not in plan.stages


async def test_a_like_and_an_unlike_touch_no_other_document(storage: Storage, world: World, commands: Commands) -> None:
    """A post that everybody likes is no hot document."""
    _, bob, post = await people(world)
    with commands.during() as sent:
        await storage.acts.add(LIKE, bob.id, post)
        await storage.acts.take_back(LIKE, bob.id, post.id)
    assert [next(iter(command.items())) for command in sent] == [("insert", "acts"), ("delete", "acts")]


async def test_counts_and_flags_examine_what_is_unfolded_and_no_other_like(
    storage: Storage, world: World, commands: Commands
) -> None:
    _, bob, post = await people(world)
    await crowd_likes(storage, post, 300)
    for _ in range(50):
        other = await world.post(bob)
        await storage.acts.add(LIKE, bob.id, other)
        await storage.acts.add(BOOKMARK, bob.id, other)
    await world.post(bob, reply_to=post)
    await storage.acts.add(LIKE, bob.id, post)
    shown = frozenset({post.id})
    wanted = Wanted(counted=shown, acted_on=shown, reposted=shown)
    await storage.surroundings.read(bob.id, wanted)
    with commands.during() as sent:
        found = await storage.surroundings.read(bob.id, wanted)
    assert found.counts == {post.id: PostCounts(likes=1, replies=1)}
    assert found.acts[LIKE] == shown
    (command,) = sent
    joins = {join.name: join for join in await explain_joins(storage, command)}
    assert sum(join.scans for join in joins.values()) == 0
    keys = {name: join.keys for name, join in joins.items()}
    assert all(number <= 6 for number in keys.values()), keys
    assert joins["acts"].indexes == [ACTS_KEY]


async def test_counts_cost_one_command(storage: Storage, world: World, commands: Commands) -> None:
    ann = await world.make_user()
    posts = frozenset([(await world.post(ann)).id for _ in range(20)])
    await storage.surroundings.read(ann.id, Wanted(counted=posts))
    with commands.during() as sent:
        await storage.surroundings.read(ann.id, Wanted(counted=posts, acted_on=posts, reposted=posts, named=posts))
        await storage.counting.post_counts([ann.id])
    assert len(sent) == 2
