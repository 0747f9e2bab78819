"""The demo is a lively world: threads, quotes, reposts and bios, the same in each database, and exact."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.bios import bio_problem, tidy_bio
from domain.ids import instant_of
from domain.text import check_post
from seeding import demo
from seeding.demo import SPREAD, read_lines, seed_demo
from seeding.demo_people import PEOPLE
from seeding.demo_pictures import PICTURES
from seeding.posts import NotMigrated
from storage import Storage
from storage.data_version import FIRST, LATEST
from tests.audited import audited_world
from tests.seeding.looking import assert_counts_are_what_the_edges_say, services, user
from tests.world import World

LINES = read_lines()


async def posts_of(storage: Storage) -> list[dict[str, Any]]:
    return [post async for post in storage.mongo.collection("posts").find({}).sort("_id", 1)]


async def world_of(storage: Storage) -> list[tuple[Any, ...]]:
    """Return the posts and reposts by author, text and what they belong to, in the order of their ids."""
    users = {one["_id"]: one["alias"] async for one in storage.mongo.collection("users").find({})}
    posts = await posts_of(storage)
    texts = {post["_id"]: post.get("text") for post in posts}
    return [
        (
            users[post["author"]],
            post.get("text"),
            *(texts.get(post.get(kind)) for kind in ("reply_to", "quote", "repost_of")),
        )
        for post in posts
    ]


async def likes_of(storage: Storage) -> list[tuple[int, int, int]]:
    """Return who likes which post since when. Each like is later than its post, and not in the future."""
    found = storage.mongo.collection("acts").find({"kind": "like"}).sort([("post", 1), ("user", 1)])
    likes = [(act["post"], act["user"], act["at"]) async for act in found]
    assert all(post < at <= storage.ids.draw() for post, _, at in likes)
    return likes


async def test_the_demo_is_delivered_and_adds_nothing_the_second_time(storage: Storage, world: World) -> None:
    await seed_demo(services(storage))
    ada = await user(storage, "ada")
    feed = await world.feed(ada, page_size=50)
    assert feed == await world.oracle(ada)
    assert len(feed) > 100
    assert await storage.feed.ledgers.count_in_flight(limit=1) == 0
    before = await posts_of(storage)
    assert len(before) == len(LINES) + sum(len(line.reposted_by) for line in LINES)
    likes = await likes_of(storage)
    assert len(likes) > len(LINES)
    assert await storage.mongo.collection("tag_uses").count_documents({}) > 0, "there are trends at once"

    await seed_demo(services(storage))

    assert await posts_of(storage) == before
    assert await likes_of(storage) == likes
    assert await world.feed(ada, page_size=50) == feed
    await assert_counts_are_what_the_edges_say(storage)
    assert not await audited_world(world)


async def test_the_stored_world_is_that_of_the_file(storage: Storage) -> None:
    began = datetime.now(UTC)
    await seed_demo(services(storage))
    expected = Counter(
        (
            line.alias,
            line.text,
            None if line.reply_to is None else LINES[line.reply_to].text,
            None if line.quote is None else LINES[line.quote].text,
            None,
        )
        for line in LINES
    ) + Counter((alias, None, None, None, line.text) for line in LINES for alias in line.reposted_by)
    assert Counter(await world_of(storage)) == expected

    posts = {post["_id"]: post for post in await posts_of(storage)}
    for post in posts.values():
        assert began - SPREAD <= instant_of(post["_id"]) < datetime.now(UTC)
        for kind in ("reply_to", "quote", "repost_of"):
            assert post.get(kind, 0) < post["_id"]
    assert max(len(post.get("path", ())) for post in posts.values()) == max(line.depth for line in LINES)
    for person in PEOPLE:
        assert (await user(storage, person.alias)).bio == person.bio


async def test_two_databases_get_the_same_world(storage: Storage) -> None:
    await seed_demo(services(storage))
    first = await world_of(storage)
    for name in ("users", "posts", "follows", "feeds", "credentials"):
        await storage.mongo.collection(name).delete_many({})
    await seed_demo(services(storage))
    assert await world_of(storage) == first


@pytest.mark.parametrize("broken", ["store", "deliver"])
async def test_an_interrupted_demo_is_completed_by_the_next(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    whole, calls = getattr(demo, broken), []

    async def interrupt(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return await whole(*given)

    with monkeypatch.context() as patch:
        patch.setattr(demo, broken, interrupt)
        with pytest.raises(KeyboardInterrupt):
            await seed_demo(services(storage))
    await seed_demo(services(storage))

    assert len(await posts_of(storage)) == len(LINES) + sum(len(line.reposted_by) for line in LINES)
    assert await storage.feed.ledgers.count_in_flight(limit=1) == 0
    assert not await audited_world(world)


@pytest.fixture
async def unmigrated(storage: Storage) -> AsyncIterator[Storage]:
    """A database of the version before reposts. Tests share its version, which is in no store that they empty."""
    await storage.mongo.collection("meta").update_one({"_id": "data"}, {"$set": {"version": FIRST}})
    assert await storage.data_version.read() == FIRST  # which is remembered
    yield storage
    await storage.data_version.raise_to(LATEST)
    assert await storage.data_version.read() == LATEST


async def test_a_database_without_reposts_is_refused_before_anything_is_written(unmigrated: Storage) -> None:
    with pytest.raises(NotMigrated, match="tweeter migrate"):
        await seed_demo(services(unmigrated))
    assert await unmigrated.mongo.collection("users").count_documents({}) == 0


def test_the_demo_is_lively() -> None:
    assert {line.alias for line in LINES} == {person.alias for person in PEOPLE}
    assert {alias for line in LINES for alias in line.reposted_by} <= {person.alias for person in PEOPLE}
    assert max(line.depth for line in LINES) >= 5
    assert sum(line.reply_to is not None for line in LINES) > 100
    assert sum(line.quote is not None for line in LINES) >= 10
    assert sum(len(line.reposted_by) for line in LINES) >= 100


def test_the_demo_breaks_no_rule_for_people() -> None:
    for person in PEOPLE:
        assert bio_problem(person.bio) is None
        assert tidy_bio(person.bio) == person.bio != ""
    for line in LINES:
        assert check_post(line.text) == line.text
        assert line.alias not in line.reposted_by
        assert len(set(line.reposted_by)) == len(line.reposted_by)
    assert len({(line.alias, line.text) for line in LINES}) == len(LINES)


async def test_the_demo_has_pictures_with_descriptions_and_they_are_held_and_complete(storage: Storage) -> None:
    for _ in range(2):
        await seed_demo(services(storage))
        authors = [user["_id"] async for user in storage.mongo.collection("users").find({})]
        shown = await services(storage).maintenance.pictures.shown_by(authors)
        assert len(shown) == sum(len(drawings) for drawings in PICTURES.values())
        assert all(one.is_held and one.media.alt for one in shown)
        assert all([await storage.media.is_complete(one.media) for one in shown])
        assert await storage.mongo.collection("media").count_documents({}) == len(shown)


@pytest.mark.parametrize("begin", PICTURES)
def test_each_picture_of_the_demo_has_its_post(begin: str) -> None:
    assert sum(line.text.startswith(begin) for line in LINES) == 1
