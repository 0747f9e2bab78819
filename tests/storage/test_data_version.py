"""Data versions: what a new database gets, what an old one may hold, and what a program refuses."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count

import pytest

from domain.acts import ActKind
from domain.errors import NeedsMigration
from domain.records import PostCounts
from storage import Storage, create_indexes, open_storage
from storage.data_version import FIRST, LATEST, REPOSTS, DataVersion
from storage.migrations import STEPS, Step, migrate, steps_from, to_3
from storage.mongodb_errors import Unfit, explain
from storage.users import new_user
from tests.acts import counts_of, fold_all
from tests.commands import Commands
from tests.world import World

_databases = count(1)


@pytest.fixture
async def fresh(mongodb_url: str) -> AsyncIterator[Storage]:
    """A database that does not exist yet."""
    name = f"version{next(_databases)}"
    async with open_storage(mongodb_url, database=name, driver="pymongo", session_ttl_days=30) as opened:
        await opened.mongo.database.client.drop_database(name)
        yield opened
        await opened.mongo.database.client.drop_database(name)


async def register(storage: Storage) -> None:
    await storage.mongo.collection("users").insert_one(new_user(1, alias="ann", first_name="A", last_name="B"))


async def test_a_new_database_gets_the_latest_version_and_keeps_it(fresh: Storage) -> None:
    await asyncio.gather(*(create_indexes(fresh.mongo) for _ in range(3)))
    assert await fresh.data_version.read() == LATEST
    await register(fresh)
    await create_indexes(fresh.mongo)
    assert await fresh.data_version.read() == LATEST


async def test_a_database_with_accounts_and_no_version_is_the_first(fresh: Storage) -> None:
    await register(fresh)
    await create_indexes(fresh.mongo)
    assert await fresh.data_version.read() == FIRST
    assert [document async for document in fresh.mongo.collection("meta").find({})] == []


async def test_a_repost_waits_for_the_migration_and_nothing_else_does(fresh: Storage) -> None:
    await register(fresh)
    await create_indexes(fresh.mongo)
    world = World(fresh)
    author = await world.make_user()
    post = await world.post(author)
    with pytest.raises(NeedsMigration, match="`tweeter migrate`"):
        await fresh.reposts.repost(author.id, post)
    assert await fresh.mongo.collection("posts").count_documents({}) == 1
    assert await fresh.reposts.undo(author.id, post.id) is None

    await migrate(fresh.mongo)  # by another process

    assert await fresh.reposts.repost(author.id, post) is not None


@pytest.mark.parametrize("kind", ActKind)
async def test_a_like_waits_for_the_migration(fresh: Storage, kind: ActKind) -> None:
    """Workers of the version before leave the likes of a deleted post behind."""
    await register(fresh)
    await create_indexes(fresh.mongo)
    world = World(fresh)
    author = await world.make_user()
    post = await world.post(author)
    await fresh.data_version.raise_to(REPOSTS)
    with pytest.raises(NeedsMigration, match="`tweeter migrate`"):
        await fresh.acts.add(kind, author.id, post)
    assert not await fresh.acts.take_back(kind, author.id, post.id)
    await migrate(fresh.mongo)
    assert await fresh.acts.add(kind, author.id, post)


class Old:
    """A database of version 2, in which Ann has a post that Bob answers, quotes and reposts."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.world = World(storage)

    async def begin(self) -> "Old":
        await register(self.storage)
        await create_indexes(self.storage.mongo)
        await self.storage.data_version.raise_to(REPOSTS)
        self.ann, self.bob = await self.world.make_users(2)
        self.post = await self.world.post(self.ann)
        self.replies = [await self.world.post(self.bob, reply_to=self.post, quote=self.post) for _ in range(3)]
        assert await self.storage.reposts.repost(self.bob.id, self.post)
        await self.storage.mongo.collection("posts").update_many({}, {"$unset": {"uncounted": ""}})
        return self

    async def check(self, *, replies: int = 3, reposts: int = 1, posts: int = 3) -> None:
        expected = PostCounts(replies=replies, reposts=reposts, quotes=replies)
        assert await counts_of(self.storage, self.post) == expected
        counted = await self.storage.counting.post_counts([self.ann.id, self.bob.id])
        assert counted == {self.ann.id: 1, self.bob.id: posts}


async def test_counts_are_exact_before_during_and_after_the_migration(
    fresh: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes of this version write meanwhile. A migration that died is repeated."""
    monkeypatch.setattr(to_3, "BATCH", 1)
    old = await Old(fresh).begin()
    await old.check()
    late = await old.world.post(old.bob, reply_to=old.post)
    await old.world.post(old.bob, quote=old.post)
    await fresh.posts.delete_post(old.replies[0].id, author=old.bob.id)
    expected = {"replies": 3, "posts": 4}
    await old.check(**expected)
    await to_3.apply(fresh.mongo, lambda _: None)
    await fresh.posts.delete_post(old.replies[1].id, author=old.bob.id)
    await fresh.posts.delete_post(late.id, author=old.bob.id)
    await fresh.reposts.undo(old.bob.id, old.post.id)
    await to_3.apply(fresh.mongo, lambda _: None)
    assert await migrate(fresh.mongo)
    after = {"replies": 1, "reposts": 0, "posts": 2}
    for _ in range(2):
        found = await counts_of(fresh, old.post)
        assert (found.replies, found.reposts, found.quotes) == (1, 0, 2)
        assert await fresh.counting.post_counts([old.bob.id]) == {old.bob.id: after["posts"]}
        await fold_all(old.world)


async def test_a_post_of_before_the_migration_is_taken_from_the_sums(fresh: Storage) -> None:
    old = await Old(fresh).begin()
    await migrate(fresh.mongo)
    await old.check()
    await fresh.posts.delete_post(old.replies[0].id, author=old.bob.id)
    await fresh.reposts.undo(old.bob.id, old.post.id)
    for _ in range(2):
        await old.check(replies=2, reposts=0, posts=2)
        await fold_all(old.world)


async def test_the_version_is_read_until_it_suffices_and_not_again(
    storage: Storage, world: World, commands: Commands
) -> None:
    version = DataVersion(storage.mongo)
    with commands.during() as sent:
        for _ in range(3):
            await version.require(REPOSTS)
    assert len(sent) == 1
    assert sent[0]["readConcern"] == {"level": "majority"}


async def test_migrating_raises_the_version_step_by_step_and_once(fresh: Storage) -> None:
    await register(fresh)
    begun: list[Step] = []
    assert await migrate(fresh.mongo, begin=begun.append) == begun == [*STEPS]
    assert await fresh.data_version.read() == LATEST
    assert await migrate(fresh.mongo, begin=begun.append) == []
    assert begun == [*STEPS]


def test_there_is_one_step_for_each_version() -> None:
    assert [step.version for step in STEPS] == list(range(FIRST + 1, LATEST + 1))
    assert [step.version for step in steps_from(LATEST)] == []
    assert steps_from(FIRST) == [*STEPS]


async def test_a_version_only_rises(fresh: Storage) -> None:
    await fresh.data_version.raise_to(LATEST + 1)
    await fresh.data_version.raise_to(LATEST)
    assert await fresh.data_version.read() == LATEST + 1


async def test_a_newer_version_is_refused_before_anything_is_made(fresh: Storage) -> None:
    await fresh.data_version.raise_to(LATEST + 1)
    with pytest.raises(Unfit) as raised:
        await create_indexes(fresh.mongo)
    assert await fresh.mongo.database.list_collection_names() == ["meta"]
    fault = explain(raised.value)
    assert fault.is_final
    assert f"data of version {LATEST + 1}" in fault.reason
    assert "\n" not in fault.reason
