"""No task that inserts entries leaves a feed longer than its window and the slack."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from audit.feeds import check_feed
from domain.records import User
from domain.watermarks import NEVER, fresh_token
from seeding.follows import ensure_follows
from tasks import messages
from tasks.feeds import trim_threshold
from tasks.services import TaskServices
from tests.world import World, make_policy

WINDOW = 20
AUTHORS, POSTS_EACH = 6, 12

Lengthen = Callable[[World, User, list[User]], Awaitable[None]]


async def follow_one_by_one(world: World, reader: User, authors: list[User]) -> None:
    for author in authors:
        await world.follow(reader, author)
        await world.run_all([messages.fill_feed(reader.id)])


async def follow_all_at_once(world: World, reader: User, authors: list[User]) -> None:
    for author in authors:
        await world.follow(reader, author)
    await world.run_all([messages.fill_feed(reader.id)])


async def wake_up(world: World, reader: User, authors: list[User]) -> None:
    for author in authors:
        await world.follow(reader, author, push_from=NEVER)
    await world.run_all([messages.wake_reader(reader.id)])


async def follow_former_celebrities(world: World, reader: User, authors: list[User]) -> None:
    for author in authors:
        await world.follow(reader, author, push_from=NEVER)
        await world.storage.users.set_celebrity(author.id, True)
        await world.run_all([messages.review_celebrity(author.id)])


async def be_delivered_to(world: World, reader: User, authors: list[User]) -> None:
    """Deliver in chunks of one, each in its own task, to three readers of the same author."""
    others = await world.make_users(2)
    for follower in (reader, *others):
        await world.follow(follower, authors[0], push_from=0)
    for _ in range(2 * WINDOW):
        await world.run_all([messages.start_fan_out((await world.post(authors[0])).id)])


async def be_repaired(world: World, reader: User, authors: list[User]) -> None:
    posts = world.storage.mongo.collection("posts").find({"author": {"$gt": 0}}).sort("_id", 1).limit(WINDOW)
    await world.storage.feed.entries.insert_entries([(reader.id, post["_id"], post["author"]) async for post in posts])
    for author in authors:
        await world.follow(reader, author, push_from=0)
    await check_feed(world.services, reader.id, repair=True)


async def be_seeded(world: World, reader: User, authors: list[User]) -> None:
    await ensure_follows(world.services, [reader, *authors], [(reader.id, author.id) for author in authors])


async def be_far_too_long(world: World, reader: User, authors: list[User]) -> None:
    """A feed of a version without trims has more entries below the floor than one task deletes."""
    posts = world.storage.mongo.collection("posts").find({"author": {"$in": [author.id for author in authors]}})
    await world.storage.feed.entries.insert_entries([(reader.id, post["_id"], post["author"]) async for post in posts])
    for author in authors:
        await world.follow(reader, author, push_from=0)
    await world.run_all([messages.trim_feeds([reader.id])])


WAYS = [
    follow_one_by_one,
    follow_all_at_once,
    wake_up,
    follow_former_celebrities,
    be_delivered_to,
    be_repaired,
    be_seeded,
    be_far_too_long,
]


@pytest.fixture
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.feeds.MAX_MERGED_RANGES", 2)
    monkeypatch.setattr("tasks.readers.MAX_MERGED_RANGES", 2)
    monkeypatch.setattr("tasks.feeds.DELETE_BATCH", 7)
    monkeypatch.setattr("tasks.fan_out.FAN_OUT_CHUNK", 1)
    monkeypatch.setattr("tasks.trimming.TRIM_EVERY", 1)  # after every entry instead of every 512th


@pytest.mark.usefixtures("small_bounds")
@pytest.mark.parametrize("lengthen", WAYS)
async def test_no_feed_grows_beyond_its_window(world: World, lengthen: Lengthen) -> None:
    world.services = TaskServices.of(world.storage, make_policy(feed_window=WINDOW))
    reader, *authors = await world.make_users(AUTHORS + 1)
    first = world.storage.users.draw_id()
    await world.storage.mongo.collection("posts").insert_many(
        [
            {"_id": first + turn * AUTHORS + place, "author": author.id, "text": "hello"}
            for turn in range(POSTS_EACH)
            for place, author in enumerate(authors)
        ]
    )

    await lengthen(world, reader, authors)

    entries = await world.entries(reader)
    assert WINDOW <= len(entries) < trim_threshold(WINDOW)
    assert await world.feed(reader) == await world.oracle(reader)


async def test_a_batch_of_new_edges_writes_at_most_one_window(world: World) -> None:
    world.services = TaskServices.of(world.storage, make_policy(feed_window=5))
    reader, *authors = await world.make_users(4)
    for author in authors:
        await world.follow(reader, author, push_from=fresh_token())
        await world.storage.mongo.collection("posts").insert_many(
            [{"_id": world.storage.users.draw_id(), "author": author.id, "text": "hello"} for _ in range(5)]
        )

    sent = await world.run(messages.fill_feed(reader.id))

    assert len(await world.entries(reader)) == 5
    assert sent == [messages.trim_feeds([reader.id])]


async def test_a_fill_without_new_entries_measures_no_feed(world: World) -> None:
    reader, author = await world.make_users(2)
    await world.follow(reader, author, push_from=fresh_token())
    assert await world.run(messages.fill_feed(reader.id)) == []


def test_every_task_that_inserts_entries_sends_trims(root: Path) -> None:
    """The callers of materialise send the trims."""
    rooms = [
        path for room in ("tasks", "audit", "seeding", "resolvers", "launch") for path in (root / room).glob("*.py")
    ]
    inserting = [path for path in rooms if re.search(r"\bmaterialise\(|entries\.insert\(", path.read_text())]
    trimming = [path for path in rooms if re.search(r"\b(trim_all|trim_some|trim_feeds)\(", path.read_text())]
    assert {path.name for path in inserting} - {path.name for path in trimming} == {"materialise.py"}
