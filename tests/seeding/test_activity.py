"""The activity of a graph has the rates that were asked for, adds nothing the second time, and every feed is exact."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from domain.ids import instant_of
from domain.records import Post
from domain.text import check_post
from seeding import activity as seeding_activity
from seeding.activity import Activity
from seeding.command import seed
from seeding.graph import seed_graph
from seeding.graph_file import HEADER
from seeding.posts import store
from storage import Storage
from tests.audited import audited_world
from tests.seeding.looking import assert_counts_are_what_the_edges_say, services, user
from tests.world import World

SOME = Activity(each=12, days=3, replies=0.4, reposts=0.2, quotes=0.1)
PAIRS = [(follower, followee) for follower in range(20) for followee in range(20) if (follower * 7 + followee) % 4 == 1]
PAIRS = [pair for pair in PAIRS if pair[0] != pair[1]]
ACCOUNTS = len({number for pair in PAIRS for number in pair})


async def posts_of(storage: Storage) -> list[dict[str, Any]]:
    return [post async for post in storage.mongo.collection("posts").find({}).sort("_id", 1)]


def kind_of(post: dict[str, Any]) -> str:
    return next((kind for kind in ("reply_to", "quote", "repost_of") if kind in post), "post")


async def shape_of(storage: Storage) -> list[tuple[Any, ...]]:
    """Return the posts and reposts without the ids, which depend on the time."""
    users = {one["_id"]: one["alias"] async for one in storage.mongo.collection("users").find({})}
    posts = await posts_of(storage)
    places = {post["_id"]: place for place, post in enumerate(posts)}
    return [
        (users[post["author"]], post.get("text"), kind_of(post), places.get(post.get(kind_of(post)))) for post in posts
    ]


async def test_the_activity_has_the_given_rates_and_every_feed_is_exact(storage: Storage, world: World) -> None:
    began = datetime.now(UTC)
    await seed_graph(services(storage), PAIRS, SOME)

    posts = await posts_of(storage)
    total = SOME.each * ACCOUNTS
    kinds = Counter(kind_of(post) for post in posts)
    assert 0.95 * total <= len(posts) <= total
    assert kinds["reply_to"] == pytest.approx(0.4 * total, rel=0.3)
    assert kinds["repost_of"] == pytest.approx(0.2 * total, rel=0.3)
    assert kinds["quote"] == pytest.approx(0.1 * total, rel=0.5)
    assert len({post["author"] for post in posts}) > ACCOUNTS / 2
    assert max(len(post.get("path", ())) for post in posts) >= 3
    days = {(datetime.now(UTC) - instant_of(post["_id"])).days for post in posts}
    assert days == {0, 1, 2}
    assert all(instant_of(post["_id"]) >= began - timedelta(days=3) for post in posts)
    for post in posts:
        if "text" in post:
            assert check_post(post["text"])
            assert "{" not in post["text"]

    assert await storage.feed.ledgers.count_in_flight(limit=1) == 0
    assert not await audited_world(world)
    await assert_counts_are_what_the_edges_say(storage)
    reader = await user(storage, "u3")
    assert await world.feed(reader, page_size=7) == await world.oracle(reader) != []


@pytest.mark.parametrize("threshold", [3, 1_000])
async def test_a_second_run_adds_nothing_and_another_database_gets_the_same(storage: Storage, threshold: int) -> None:
    some = services(storage, celebrity_threshold=threshold)
    await seed_graph(some, PAIRS, SOME)
    first, shape = await posts_of(storage), await shape_of(storage)
    await seed_graph(some, PAIRS, SOME)
    assert await posts_of(storage) == first
    for name in ("users", "posts", "follows", "feeds", "credentials"):
        await storage.mongo.collection(name).delete_many({})
    await seed_graph(some, PAIRS, SOME)
    assert await shape_of(storage) == shape


LAST_STEP = 48  # of five events each


@pytest.mark.parametrize(("broken", "at"), [("store", 20), ("deliver", 20), ("deliver", LAST_STEP)])
async def test_an_interrupted_run_is_completed_by_the_next(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch, broken: str, at: int
) -> None:
    whole, calls = getattr(seeding_activity, broken), []

    async def interrupt(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == at:
            raise KeyboardInterrupt
        return await whole(*given)

    with monkeypatch.context() as patch:
        patch.setattr(seeding_activity, broken, interrupt)
        with pytest.raises(KeyboardInterrupt):
            await seed_graph(services(storage), PAIRS, SOME)
    cut_short = await posts_of(storage)
    await seed_graph(services(storage), PAIRS, SOME)

    posts = await posts_of(storage)
    assert len(calls) == at
    assert {post["_id"] for post in cut_short} <= {post["_id"] for post in posts}
    assert len(posts) >= 0.95 * SOME.each * ACCOUNTS
    assert await storage.feed.ledgers.count_in_flight(limit=1) == 0
    assert not await audited_world(world)


async def test_reposts_of_posts_that_are_deleted_meanwhile_are_taken_back(
    storage: Storage, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleted: list[Post] = []

    async def delete_one_first(given: Any, posts: Any, reposts: Any) -> int:
        if reposts and not deleted:
            deleted.append(reposts[0].of)
            assert await storage.posts.delete_post(deleted[0].id, author=deleted[0].author)
        return await store(given, posts, reposts)

    monkeypatch.setattr(seeding_activity, "store", delete_one_first)
    await seed_graph(services(storage), PAIRS, replace(SOME, reposts=0.5))
    posts = await posts_of(storage)
    there = {post["_id"] for post in posts}
    assert deleted
    assert deleted[0].id not in there
    assert all(post.get("repost_of", post["_id"]) in there for post in posts)


async def test_a_step_stores_no_more_than_its_bound(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    async def measure(given: Any, posts: Any, reposts: Any) -> int:
        sizes.append(len(posts) + len(reposts))
        return await store(given, posts, reposts)

    monkeypatch.setattr(seeding_activity, "store", measure)
    monkeypatch.setattr(seeding_activity, "BATCH", 3)
    await seed_graph(services(storage), PAIRS, SOME)
    assert max(sizes) <= 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--activity", "-1"], "--activity"),
        (["--activity", "nan"], "--activity"),
        (["--activity", "inf"], "--activity"),
        (["--activity", "many"], "--activity"),
        (["--activity", "1", "--days", "0"], "--days"),
        (["--activity", "1", "--replies", "1.5"], "--replies"),
        (["--activity", "1", "--quotes", "nan"], "--quotes"),
        (["--activity", "1", "--replies", "0.9"], "together at most 1, not 1.15"),
        (["--replies", "0.5"], "Give --activity, too"),
        (["--days", "2"], "Give --activity, too"),
    ],
)
def test_bad_rates_are_refused_before_the_database_is_opened(tmp_path: Path, options: list[str], message: str) -> None:
    graph = tmp_path / "graph.tsv"
    graph.write_text(f"{HEADER}\n1\t2\n")

    def open_services() -> None:
        raise AssertionError("the database was opened")

    result = CliRunner().invoke(seed, ["graph", str(graph), *options], obj=open_services)
    assert result.exit_code == 2
    assert message in result.output


async def test_shares_of_the_whole_leave_no_posts_but_the_first(storage: Storage) -> None:
    await seed_graph(services(storage), PAIRS, Activity(each=5, days=1, replies=0.7, reposts=0.2, quotes=0.1))
    kinds = Counter(kind_of(post) for post in await posts_of(storage))
    assert 1 <= kinds["post"] <= 10
