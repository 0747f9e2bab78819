"""Rewriting feeds into small pages: exact after every command, whatever dies, and whoever writes meanwhile."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from pymongo.errors import BulkWriteError

from domain.records import User
from storage import Storage, create_indexes, open_storage
from storage.clustered import CLUSTERED, FEEDS, SMALL_PAGES, are_pages_small, find_collection, in_pages
from storage.maintenance import rewriting
from storage.maintenance.rewriting import COPY, NotRewritten, Rewriting
from tasks import messages
from tests.stepping import begin_by_command, commands_are_steps
from tests.waiting import bounded
from tests.world import World

DATABASE = "rewriting"
IN_A_MINUTE = timedelta(seconds=-60)  # ago
ROWS = [(reader, post, 9) for reader in (1, 2, 3) for post in (10, 20, 30)]


class Old:
    """A database in which a version before has created `feeds`."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.world = World(storage)
        self.rewriting = Rewriting(storage.mongo)

    async def begin(self) -> None:
        await create_indexes(self.storage.mongo)
        for name in ("users", "follows"):
            await self.storage.mongo.collection(name).delete_many({})
        await self.storage.mongo.collection(COPY).drop()
        await self.make_old_feeds()

    async def make_old_feeds(self) -> None:
        """Begin without posts and entries."""
        await self.storage.mongo.collection("posts").delete_many({})
        await self.storage.mongo.collection(FEEDS).drop()
        await self.storage.mongo.database.command({"create": FEEDS, **CLUSTERED})

    async def entries(self, name: str = FEEDS) -> list[bytes]:
        return [entry["_id"] async for entry in self.storage.mongo.collection(name).find({}).sort("_id", 1)]

    async def is_small(self) -> bool:
        feeds = await find_collection(self.storage.mongo)
        return feeds is not None and are_pages_small(feeds)

    async def deliver(self, author: User) -> None:
        """Post, and let a worker try to deliver it."""
        post = await self.world.post(author)
        try:
            await self.world.run_all([messages.start_fan_out(post.id)])
        except BulkWriteError:
            assert not await self.is_small()


@pytest.fixture
async def old(mongodb_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Old]:
    monkeypatch.setattr(rewriting, "BATCH", 2)
    monkeypatch.setattr(rewriting, "SAY_EVERY", 1)
    async with open_storage(mongodb_url, database=DATABASE, driver="pymongo", session_ttl_days=30) as storage:
        old = Old(storage)
        await old.begin()
        yield old


async def test_all_entries_are_there_afterwards_and_more_can_be_written(old: Old) -> None:
    await old.storage.feed.entries.insert_entries(ROWS)
    before, said = await old.entries(), list[str]()
    assert await old.rewriting.is_due()
    await old.rewriting.rewrite_feeds(say=said.append)
    assert await old.is_small()
    assert await old.entries() == before
    assert "2 of about 9 entries" in said
    assert COPY not in await old.storage.mongo.database.list_collection_names()
    await old.storage.feed.entries.insert_entries([(1, 40, 9)])
    assert len(await old.entries()) == 10
    assert not await old.rewriting.is_due()
    await old.rewriting.rewrite_feeds(say=said.append)
    assert len(await old.entries()) == 10


async def test_feeds_are_exact_after_each_command_and_if_it_dies_there(
    old: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands_are_steps(monkeypatch)
    author, reader = await old.world.make_users(2)
    await old.world.follow(reader, author, push_from=0)
    for steps in bounded():
        await old.make_old_feeds()
        for _ in range(3):
            await old.deliver(author)
        run = await begin_by_command(old.rewriting.rewrite_feeds(say=lambda _: None))
        for _ in range(steps):
            if not run.is_done:
                await run.advance()
            await old.deliver(author)
            assert await old.world.feed(reader) == await old.world.oracle(reader)
        has_ended = run.is_done
        await run.kill()
        await old.rewriting.rewrite_feeds(say=lambda _: None)
        assert await old.is_small()
        for late in await old.storage.feed.ledgers.claim_overdue(older_than=IN_A_MINUTE, limit=100):
            await old.world.run_all([messages.start_fan_out(late.post)])
        assert await old.world.entries(reader) == await old.world.oracle(reader) == await old.world.feed(reader)
        if has_ended:
            break


async def test_a_run_goes_on_where_another_has_died(old: Old) -> None:
    await old.storage.feed.entries.insert_entries(ROWS)
    before = await old.entries()

    def die(said: str) -> None:
        raise KeyError(said)

    with pytest.raises(KeyError):
        await old.rewriting.rewrite_feeds(say=die)
    assert await old.entries(COPY) == before[:2]
    with pytest.raises(BulkWriteError):
        await old.storage.feed.entries.insert_entries([(1, 40, 9)])
    said = list[str]()
    await old.rewriting.rewrite_feeds(say=said.append)
    assert said[0] == "4 of about 9 entries"
    assert await old.entries() == before


async def test_a_copy_is_begun_anew_if_feeds_took_inserts(old: Old) -> None:
    """Its highest key says nothing about the entries below it."""
    await old.storage.feed.entries.insert_entries(ROWS)
    before = await old.entries()
    await old.storage.mongo.database.command({"create": COPY, **in_pages(SMALL_PAGES)})
    await old.storage.mongo.collection(COPY).insert_one({"_id": before[-1]})
    await old.rewriting.rewrite_feeds(say=lambda _: None)
    assert await old.entries() == before


async def test_a_copy_that_an_overtaken_run_has_left_is_no_copy(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its insert has made an ordinary collection, which must not become `feeds`."""
    commands_are_steps(monkeypatch)
    await old.storage.feed.entries.insert_entries(ROWS)
    before = await old.entries()
    run = await begin_by_command(old.rewriting.rewrite_feeds(say=lambda _: None))
    for _ in bounded():
        if await old.storage.mongo.collection(COPY).find_one({}):
            break
        await run.advance()
    await run.kill()
    await old.storage.mongo.collection(COPY).drop()
    await old.storage.mongo.collection(COPY).insert_one({"_id": before[-1]})
    await old.rewriting.rewrite_feeds(say=lambda _: None)
    assert await old.is_small()
    assert await old.entries() == before


@pytest.mark.parametrize("steps", range(1, 20))
async def test_a_run_that_another_one_overtakes_loses_nothing(
    old: Old, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It must not put its copy in the place of feeds that take inserts again."""
    commands_are_steps(monkeypatch)
    await old.storage.feed.entries.insert_entries(ROWS)
    slow = await begin_by_command(old.rewriting.rewrite_feeds(say=lambda _: None))
    for _ in range(steps):
        if not slow.is_done:
            await slow.advance()
    await old.rewriting.rewrite_feeds(say=lambda _: None)
    await old.storage.feed.entries.insert_entries([(0, 5, 9), (3, 40, 9)])
    expected = await old.entries()
    assert len(expected) == len(ROWS) + 2
    with suppress(NotRewritten):
        await slow.finish()
    assert await old.is_small()
    assert await old.entries() == expected


async def test_a_server_without_small_pages_keeps_its_feeds(old: Old, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "SMALL_PAGES", "leaf_page_max=refused")
    await old.storage.feed.entries.insert_entries(ROWS)
    with pytest.raises(NotRewritten, match="MongoDB does not allow"):
        await old.rewriting.rewrite_feeds(say=lambda _: None)
    await old.storage.feed.entries.insert_entries([(3, 40, 9)])
    assert len(await old.entries()) == len(ROWS) + 1
    assert COPY not in await old.storage.mongo.database.list_collection_names()
