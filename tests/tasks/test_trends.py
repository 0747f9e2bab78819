"""Trends and tags as one types are what plain counting over the posts of two days gives, also after a task has died."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest

from domain.ids import first_id_at
from domain.trends import Trend
from storage.maintenance.bulk import NewPost
from tasks.messages import MAINTENANCE, Message
from tasks.services import TaskServices
from tasks.trends import refresh_trends
from tests.conftest import empty
from tests.stepping import begin_by_command, commands_are_steps
from tests.world import World

DAY = timedelta(days=1)
TAGS = ("Go", "go", "GO", "Rust", "rust_lang", "日本語", "Café", "cafe", "x1")
KEYS = {"Go": "go", "go": "go", "GO": "go", "Rust": "rust", "Café": "café"}
REFRESH = Message("trends.refresh", (), MAINTENANCE)
ALL = 100


async def make_day(
    world: World, rng: random.Random, authors: list[int], *, until: datetime, posts: int
) -> list[NewPost]:
    """Insert posts of the 23 hours from an hour after the beginning of the day before `until`."""
    made = []
    for _ in range(posts):
        at = until - timedelta(hours=rng.uniform(0.1, 23))
        text = " ".join(f"#{tag}" for tag in rng.sample(TAGS, rng.randint(0, 3))) or "no tag"
        made.append(NewPost(first_id_at(at) + rng.getrandbits(20), rng.choice(authors), text))
    await world.services.maintenance.bulk.insert_posts(made)
    return made


def counted(posts: list[NewPost]) -> dict[str, tuple[int, int, str]]:
    """Return posts, authors and the newest spelling of each tag."""
    uses: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for post in posts:
        tags = [part[1:] for part in post.text.split(" ") if part.startswith("#")]
        spelt = {KEYS.get(tag, tag): tag for tag in tags}
        for key, tag in spelt.items():
            uses[key].append((post.id, post.author, tag))
    return {key: (len(rows), len({author for _, author, _ in rows}), max(rows)[2]) for key, rows in uses.items()}


def trends_of(today: list[NewPost], yesterday: list[NewPost]) -> list[Trend]:
    before = counted(yesterday)
    rises = []
    for key, (posts, authors, tag) in counted(today).items():
        base = before.get(key, (0, 0, ""))[1]
        if authors >= 2 and authors > base:
            rises.append((-(authors - base) / sqrt(max(base, 1)), key, Trend(tag=tag, post_count=posts)))
    return [trend for _, _, trend in sorted(rises, key=lambda row: row[:2])]


def beginning(today: list[NewPost], start: str) -> list[Trend]:
    found = [(-posts, key, tag) for key, (posts, _, tag) in counted(today).items() if key.startswith(start)]
    return [Trend(tag=tag, post_count=-posts) for posts, _, tag in sorted(found)]


@pytest.mark.parametrize("seed", range(6))
async def test_trends_are_the_tags_that_more_accounts_use_than_the_day_before(world: World, seed: int) -> None:
    rng, now = random.Random(seed), datetime.now(UTC)
    authors = [user.id for user in await world.make_users(6)]
    yesterday = await make_day(world, rng, authors[:4], until=now - DAY, posts=rng.randint(0, 25))
    today = await make_day(world, rng, authors, until=now, posts=rng.randint(0, 25))
    await make_day(world, rng, authors, until=now - 2 * DAY, posts=10)

    assert await refresh_trends(world.services) == []

    trends = world.storage.trends
    assert await trends.rising(most=ALL) == trends_of(today, yesterday)
    assert await trends.rising(most=1) == trends_of(today, yesterday)[:1]
    for start in ("", "g", "go", "caf", "café", "日", "rust", "z"):
        assert await trends.beginning(start, most=ALL) == beginning(today, start)
        assert await trends.beginning(start, most=2) == beginning(today, start)[:2]


async def test_one_account_makes_no_trend(world: World) -> None:
    ann, bob = await world.make_users(2)
    for _ in range(9):
        await world.post(ann, "#spam")
    for author in (ann, bob):
        await world.post(author, "#talk")
    await world.run_all([REFRESH])
    assert [trend.tag for trend in await world.storage.trends.rising(most=ALL)] == ["talk"]
    assert await world.storage.trends.beginning("s", most=ALL) == [Trend(tag="spam", post_count=9)]


async def test_a_tag_that_is_not_used_any_more_stays_to_be_found_and_is_no_trend(world: World) -> None:
    ann, bob = await world.make_users(2)
    posts = [(author, await world.post(author, "#Old #new")) for author in (ann, bob)]
    await world.run_all([REFRESH])
    for author, post in posts:
        await world.storage.posts.delete_post(post.id, author=author.id)
        await world.post(author, "#new")
    await world.run_all([REFRESH])
    trends = world.storage.trends
    assert [trend.tag for trend in await trends.rising(most=ALL)] == ["new"]
    assert await trends.beginning("", most=ALL) == [Trend(tag="new", post_count=2), Trend(tag="Old", post_count=0)]


async def test_of_more_posts_than_are_counted_the_day_is_estimated_by_the_newest(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.trends.COUNTED_POSTS", 60)
    ann, now = await world.make_user(), datetime.now(UTC)
    rows = [NewPost(first_id_at(now - timedelta(minutes=6 * n + 3)), ann.id, "#even") for n in range(240)]
    await world.services.maintenance.bulk.insert_posts(rows)
    (use,) = (await world.storage.trends.count_day(now)).values()
    assert 230 < use.posts < 250
    assert use.newest == rows[0].id


async def test_trends_are_right_after_a_task_that_died_at_any_step(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.trends.ONE_BATCH", 2)
    commands_are_steps(monkeypatch)
    for steps in range(100):
        await empty(world.storage)
        rng, now = random.Random(steps), datetime.now(UTC)
        authors = [user.id for user in await world.make_users(4)]
        today = await make_day(world, rng, authors, until=now, posts=12)
        task = await begin_by_command(refresh_trends(TaskServices.of(world.storage, world.services.policy)))
        for _ in range(steps):
            if not task.is_done:
                await task.advance()
        ended = task.is_done
        if not ended:
            await task.kill()
            today += await make_day(world, rng, authors, until=now, posts=3)
            await world.run_all([REFRESH])
        assert await world.storage.trends.rising(most=ALL) == trends_of(today, [])
        assert await world.storage.trends.beginning("", most=ALL) == beginning(today, "")
        if ended:
            return
    pytest.fail("the task goes on for ever")
