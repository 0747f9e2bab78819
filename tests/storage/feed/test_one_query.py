"""The feed read by one query equals the feed read source by source and that of the oracle, in random worlds."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ids import MAX_ID
from domain.pages import PageRequest, ReadOrder
from domain.records import Event, Page, Post
from domain.visibility import REPEAT_AFTER, ids_apart
from domain.watermarks import FILLING, NEVER
from storage import Storage
from storage.feed.entries import entry_of
from storage.feed.feed_query import SLACK
from storage.feed.one_query import FeedInOneQuery, Habit, Kind, Top
from storage.feed.rows import FeedRange
from storage.feed.spans import Span
from storage.maintenance import Maintenance
from storage.maintenance.bulk import NewRepost
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document
from storage.users import new_user
from tests.commands import Commands
from tests.conftest import empty
from tests.sources import feed_by_source
from tests.storage.crowds import assert_exact, complete, make_crowd, make_followees, make_posts
from tests.world import World

ABOVE = MAX_ID + 1
EMPTY = Top(FeedRange([], Span(0, ABOVE), set(), has_relations=False), floor=0)
FULL = Top(FeedRange([{}], Span(0, ABOVE), set(), has_relations=False), floor=0)
READER = 1_000
AUTHORS = range(1, 7)


@dataclass(frozen=True)
class Written:
    """A post. Its entry is `astray` if no edge requires it, and `old` if it has the format without the post."""

    author: int
    in_flight: bool
    is_gone: bool
    astray: bool
    old: bool
    claimed_author: int | None


@dataclass(frozen=True)
class Small:
    """A world that follows the rules: every entry that a pushed edge requires exists."""

    written: Sequence[Written]
    edges: dict[int, int]
    floor: int

    def number(self, place: int) -> int:
        return 10 * (place + 1)

    def posts(self) -> list[Document]:
        return [
            {"_id": self.number(place), "author": post.author, "text": f"{place}"}
            | ({"in_flight": True} if post.in_flight else {})
            for place, post in enumerate(self.written)
            if not post.is_gone
        ]

    def entries(self) -> list[Document]:
        return [entry for place, post in enumerate(self.written) for entry in self._entries(self.number(place), post)]

    def _entries(self, number: int, post: Written) -> list[Document]:
        is_promised = self.edges.get(post.author, NEVER) <= number and not post.in_flight and number >= self.floor
        if not is_promised and not post.astray:
            return []
        entry = entry_of(READER, number, post.claimed_author or post.author)
        if post.old:
            del entry["post"]
        return [entry]

    def feed(self) -> list[int]:
        return [post["_id"] for post in reversed(self.posts()) if post["author"] in self.edges]

    async def make(self, storage: Storage) -> None:
        await empty(storage)
        reader = new_user(READER, alias="reader", first_name="R", last_name="R") | {"floor": self.floor}
        await storage.mongo.collection("users").insert_one(reader)
        edges = [
            {"_id": author, "follower": READER, "followee": author, "push_from": push_from}
            for author, push_from in self.edges.items()
        ]
        for name, documents in (("posts", self.posts()), ("feeds", self.entries()), ("follows", edges)):
            if documents:
                await storage.mongo.collection(name).insert_many(documents)


def draw(dice: Random) -> Small:
    """Draw busy worlds. Hypothesis by itself would mostly draw almost empty ones."""
    kinds = dice.choice([[0], [0, 0, 0, NEVER], [0, 0, 0, FILLING, NEVER], [NEVER]])
    edges = {author: dice.choice([*kinds, 10 * dice.randrange(41)]) for author in AUTHORS if dice.random() < 0.7}
    in_flight, gone, astray, old, claimed = (dice.choice([0, 0.1, 0.5]) for _ in range(5))
    written = [
        Written(
            author=dice.choice(AUTHORS),
            in_flight=dice.random() < in_flight,
            is_gone=dice.random() < gone,
            astray=dice.random() < astray,
            old=dice.random() < old,
            claimed_author=dice.choice(AUTHORS) if dice.random() < claimed else None,
        )
        for _ in range(dice.randrange(40))
    ]
    return Small(written, edges, floor=10 * dice.choice([0, dice.randrange(41)]))


worlds = st.randoms(use_true_random=True).map(draw)


@settings(suppress_health_check=list(HealthCheck))
@given(
    world=worlds,
    before=st.integers(0, 450) | st.just(ABOVE),
    first=st.integers(1, 12),
    slack=st.integers(0, 5),
    tight=st.booleans(),
    tight_list=st.booleans(),
    backlog=st.booleans(),
    kind=st.sampled_from(Kind),
)
async def test_both_read_paths_return_the_page_of_the_oracle(
    storage: Storage,
    world: Small,
    before: int,
    first: int,
    slack: int,
    tight: bool,
    tight_list: bool,
    backlog: bool,
    kind: Kind,
) -> None:
    await world.make(storage)
    feed = [number for number in world.feed() if number < before]
    with pytest.MonkeyPatch.context() as patch:
        for way in ("feed_query", "by_source"):
            patch.setattr(f"storage.feed.{way}.SLACK", slack)
        if tight_list:
            patch.setattr("storage.feed.few_followees.MAX_MERGED_RANGES", 3)
        if tight:
            patch.setattr("storage.feed.many_followees.MAX_MERGED_RANGES", 2)
            patch.setattr("storage.feed.by_source.MAX_MERGED_RANGES", 2)
            patch.setattr("storage.feed.in_flight.ACCOUNTS", 2)
            patch.setattr("storage.feed.in_flight.FOLLOWEES", 3)
            patch.setattr("storage.feed.in_flight.FEW", 1)
            patch.setattr("storage.feed.by_source.FEW_IN_FLIGHT", 2)

        page = await storage.feed.page(READER, PageRequest(first, before))
        by_source = await feed_by_source(storage).page(READER, PageRequest(first, before))
        top = await _top(storage, READER, before, first + 1, is_backlog=backlog, kind=kind)

    assert _numbers(page) == _numbers(by_source) == (feed[:first], len(feed) > first)
    assert list(page.items) == [await _as_read(storage, number) for number in feed[:first]]
    if top is None:
        assert tight or any(post.old for post in world.written)
    else:
        assert [row["_id"] for row in top.part.rows] == [number for number in feed if number >= top.part.span.low]
        assert top.floor == world.floor


def _numbers(page: Page[Event]) -> tuple[list[int], bool]:
    return [event.id for event in page.items], page.has_next


async def _as_read(storage: Storage, number: int) -> Event:
    """Return the post as other readers see it, without the state of its delivery."""
    post = await storage.posts.find_by_id(number)
    assert post is not None
    return Event(id=post.id, actor=post.author, post=Post(id=post.id, author=post.author, text=post.text))


async def _top(
    storage: Storage,
    reader: int,
    below: int,
    wanted: int,
    *,
    is_backlog: bool = False,
    kind: Kind = Kind.FEW_PULLED,
) -> Top | None:
    feed = FeedInOneQuery(storage.mongo, repeat_after=ids_apart(REPEAT_AFTER))
    feed._had_backlog = is_backlog
    feed._habits[reader] = Habit(kind)
    async with storage.mongo.snapshot() as snapshot:
        return await feed.read(reader, Span(0, below), ReadOrder.NEWEST_FIRST, wanted=wanted, snapshot=snapshot)


async def test_a_page_is_read_at_one_instant(storage: Storage, world: World) -> None:
    """Check pages while the reader switches from one followee to another and back, each time in one transaction."""
    reader, pulled, pushed = await world.make_users(3)
    _, post = await make_posts(storage, [pulled, pushed])
    await complete(storage)
    await world.follow(reader, pulled, push_from=NEVER)
    edges, feeds = storage.mongo.collection("follows"), storage.mongo.collection("feeds")
    entry = entry_of(reader.id, post.id, pushed.id)

    async def change_over(session: ClientSession) -> None:
        back = await edges.find_one({"follower": reader.id, "followee": pushed.id}, session=session)
        change = {"followee": pulled.id, "push_from": NEVER} if back else {"followee": pushed.id, "push_from": 0}
        await edges.update_one({"follower": reader.id}, {"$set": change}, session=session)
        await (
            feeds.delete_one({"_id": entry["_id"]}, session=session)
            if back
            else feeds.insert_one(entry, session=session)
        )

    async def change_over_again_and_again() -> None:
        async with storage.mongo.causal() as session:
            for _ in range(60):
                await session.with_transaction(cast(Any, change_over))

    seen = set()
    async with asyncio.TaskGroup() as tasks:
        changing = tasks.create_task(change_over_again_and_again())
        while not changing.done():  # ends: after sixty changes
            page = await storage.feed.page(reader.id, PageRequest(5))
            assert len(page.items) == 1
            seen.add(page.items[0].actor)
    assert seen == {pulled.id, pushed.id}


async def test_beyond_its_bounds_one_query_returns_none_and_the_feed_is_still_exact(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.feed.in_flight.ACCOUNTS", MAX_MERGED_RANGES)
    monkeypatch.setattr("storage.feed.in_flight.FOLLOWEES", 1)
    reader, followed, other = await world.make_users(3)
    await world.follow(reader, followed, push_from=0)
    strangers = await make_crowd(storage, MAX_MERGED_RANGES)
    await make_posts(storage, strangers)
    for kind in Kind:
        assert (await _top(storage, reader.id, ABOVE, 5, kind=kind) or FULL).part.rows == [], "from the reader's side"
    await make_posts(storage, [followed])
    for kind in Kind:
        assert len((await _top(storage, reader.id, ABOVE, 5, kind=kind) or EMPTY).part.rows) == 1
    await world.follow(reader, other, push_from=0)
    for is_backlog in (False, True):
        for kind in Kind:
            assert await _top(storage, reader.id, ABOVE, 5, is_backlog=is_backlog, kind=kind) is None
    assert len(await assert_exact(world, reader)) == 1

    await complete(storage)
    await make_followees(storage, reader, strangers, push_from=NEVER)
    assert len((await _top(storage, reader.id, ABOVE, 5) or EMPTY).part.rows) == 5 + SLACK
    await world.follow(reader, await world.make_user(), push_from=NEVER)
    assert await _top(storage, reader.id, ABOVE, 5) is None
    assert await _top(storage, 12345, ABOVE, 5) is None, "the reader does not exist"


async def test_a_reader_s_next_page_is_read_by_the_query_that_its_last_page_needed(
    storage: Storage, world: World, commands: Commands
) -> None:
    reader, pushed, pulled = await world.make_users(3)
    await world.follow(reader, pushed, push_from=0)
    (first,) = await make_posts(storage, [pushed])
    await complete(storage)
    await storage.feed.entries.insert_entries([(reader.id, first.id, pushed.id)])
    feed = storage.feed

    async def sent_for(posts: int) -> int:
        """Return how many commands a page takes. Check that it has so many posts, and that the next page takes one."""
        for _ in range(2):
            with commands.during() as sent:
                assert len((await feed.page(reader.id, PageRequest(5))).items) == posts
            taken.append(len(sent))
        *_, before, after = taken
        assert after == 1
        return before

    taken: list[int] = []
    assert await sent_for(1) == 1, "nothing is known of the reader"
    await world.follow(reader, pulled, push_from=NEVER)
    await make_posts(storage, [pulled])
    await complete(storage)
    assert await sent_for(2) == 2, "it had nothing to pull before"
    await world.unfollow(reader, pulled)
    assert await sent_for(1) == 1
    (second,) = await make_posts(storage, [pushed])
    assert await sent_for(2) == 2, "a post in flight is pulled"
    await complete(storage)
    await storage.feed.entries.insert_entries([(reader.id, second.id, pushed.id)])
    await sent_for(2)
    await make_followees(storage, reader, await make_crowd(storage, MAX_MERGED_RANGES), push_from=0)
    assert await sent_for(2) == 2, "its edges are no short list any more"


async def test_the_next_page_is_read_deep_enough_for_what_is_hidden(
    storage: Storage, world: World, commands: Commands
) -> None:
    """On top of the feed are fifteen replies to a stranger."""
    reader, author, stranger = await world.make_users(3)
    await world.follow(reader, author, push_from=NEVER)
    asked = await world.post(stranger)
    for number in range(25):
        await world.post(author, reply_to=asked if number >= 10 else None)
    taken = []
    for _ in range(2):
        with commands.during() as sent:
            assert len((await storage.feed.page(reader.id, PageRequest(5))).items) == 5
        taken.append(len(sent))
    assert taken[0] > taken[1] == 1


async def test_the_facts_of_the_next_page_come_with_its_rows(
    storage: Storage, world: World, commands: Commands
) -> None:
    """A page of a repost, before and after its reader has a relation."""
    reader, author, stranger = await world.make_users(3)
    await world.follow(reader, author, push_from=NEVER)
    post = await world.post(stranger)
    await Maintenance(storage).bulk.insert_reposts([NewRepost(storage.users.draw_id(), author.id, post)])
    await complete(storage)
    await storage.feed.page(reader.id, PageRequest(5))
    for is_muted in (False, True):
        if is_muted:
            await storage.relations.mute(reader.id, stranger.id, until=None)
        with commands.during() as sent:
            page = await storage.feed.page(reader.id, PageRequest(5))
        assert len(page.items) == (0 if is_muted else 1)
        assert len(sent) == 1


async def test_the_backlog_hint_follows_the_number_of_accounts_in_flight(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.feed.in_flight.FEW", 3)
    reader, author = await world.make_users(2)
    feed = FeedInOneQuery(storage.mongo, repeat_after=ids_apart(REPEAT_AFTER))

    async def is_backlog() -> bool:
        async with storage.mongo.snapshot() as snapshot:
            assert await feed.read(reader.id, Span(0, ABOVE), ReadOrder.NEWEST_FIRST, wanted=5, snapshot=snapshot)
        return feed._had_backlog

    await make_posts(storage, [author] * 9)
    assert not await is_backlog()
    await make_posts(storage, await make_crowd(storage, 3))
    assert await is_backlog()
    assert await is_backlog(), "from the reader's side"
    await complete(storage)
    assert not await is_backlog()
