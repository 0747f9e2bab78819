"""After a gap, a process reads posts, follows and sessions. If it cannot, it interrupts subscriptions."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import urlsplit

import pytest

from domain.announcements import Alive, Announcement, Farewell, Gap
from domain.errors import Interrupted, Unauthenticated
from domain.ids import first_id_at
from live import gaps
from live.hub import NOT_READY, LiveHub, Pace
from storage import Storage
from tests.cable import cable
from tests.client import Someone, sign_up
from tests.commands import Commands
from tests.live.process import QUICK, QUICK_GAPS, Process, Subscription, process
from tests.waiting import wait_until
from tests.world import World

SERIAL = count()  # two ids of one millisecond differ
SELDOM = replace(QUICK, check_sessions_every_s=3_600)


@pytest.fixture
def commands() -> Commands:
    return Commands()


@pytest.fixture
def pace() -> Pace:
    return SELDOM


@pytest.fixture
def listeners(commands: Commands) -> Sequence[Commands]:
    return [commands]


async def begin(one: Process, viewer: Someone, author: Someone) -> Subscription:
    """Wait until the initial reads are done."""
    updates = await one.begin(viewer)
    await one.post(author)
    await updates.reach(1)
    return updates


async def say(one: Process, *announcements: Announcement) -> None:
    """Publish as another process does."""
    await one.storage.announcements.send("another process", announcements)


async def store(one: Process, author: Someone, *, age: timedelta = timedelta(0)) -> int:
    """Store a post without announcing it. Its id comes from a clock that is behind."""
    number = first_id_at(datetime.now(UTC) - age) + next(SERIAL)
    posts = one.storage.mongo.collection("posts")
    await posts.insert_one({"_id": number, "author": author.user.id, "text": "untold", "in_flight": False})
    return number


async def test_a_gap_is_read_once_for_all_subscriptions(
    one: Process, ann: Someone, bob: Someone, commands: Commands
) -> None:
    all_updates = [await begin(one, bob, ann) for _ in range(3)]
    for updates in all_updates:
        updates.posts.clear()
    untold = {await store(one, ann), await store(one, ann)}
    with commands.during() as sent:
        await say(one, *[Gap(age_ms=0)] * 50)
        for updates in all_updates:
            assert set(await updates.reach(2)) == untold
    assert sum(command.get("find") == "posts" and "$gte" in command["filter"]["_id"] for command in sent) <= 2


async def test_the_range_of_a_gap_allows_for_delays_and_clock_differences(
    one: Process, ann: Someone, bob: Someone
) -> None:
    updates = await begin(one, bob, ann)
    delayed = await store(one, ann, age=timedelta(seconds=gaps.MARGIN_S - 15))
    await say(one, Gap(age_ms=0))
    assert (await updates.reach(2))[1:] == [delayed]

    now = datetime.now(UTC)
    slow = {"at": now, "began": now, "beats": 1, "clock": now - timedelta(hours=1), "place": "slow:1", "redis": ""}
    await one.storage.mongo.collection("presence").insert_one({"_id": "slow", **slow})
    behind = await store(one, ann, age=timedelta(hours=1))

    async def is_read() -> bool:
        await say(one, Gap(age_ms=0))
        return len(updates.posts) > 2

    await wait_until(is_read)
    assert updates.posts[2:] == [behind]


async def test_a_post_that_mongodb_stores_after_its_process_died_arrives(
    one: Process, ann: Someone, bob: Someone
) -> None:
    updates = await begin(one, bob, ann)
    early = await store(one, ann)
    await say(one, Gap(age_ms=0), Farewell())  # so that its silence is no gap
    assert (await updates.reach(2))[1:] == [early]
    late = await store(one, ann)
    assert (await updates.reach(3))[2:] == [late]


async def test_a_silent_process_is_a_gap_since_its_last_announcement(
    mongodb_url: str, redis_url: str, ann: Someone, bob: Someone
) -> None:
    async with process(mongodb_url, redis_url, pace=replace(SELDOM, silence_s=1)) as quick:
        updates = await begin(quick, bob, ann)
        await say(quick, Alive())
        untold = await store(quick, ann)
        assert (await updates.reach(2))[1:] == [untold]


async def test_follows_and_sessions_are_rechecked_after_a_gap(one: Process, ann: Someone, bob: Someone) -> None:
    world = World(one.storage)
    eve, other = await sign_up(world, "eve"), (await one.storage.sessions.create(bob.user.id))[0]
    updates, others = await begin(one, bob, ann), await begin(one, Someone(bob.user, other), ann)
    updates.posts.clear()
    await world.follow(bob.user, eve.user)
    await world.unfollow(bob.user, ann.user)
    await one.storage.sessions.end_by_token(other)
    untold = await store(one, eve)
    await say(one, Gap(age_ms=0))
    assert await updates.reach(1) == [untold]
    assert isinstance(await others.end(), Unauthenticated)
    await one.post(ann)
    last = await one.post(eve)
    assert await updates.reach(2) == [untold, last.id]


async def test_posts_stored_before_the_process_began_are_not_delivered(
    mongodb_url: str, redis_url: str, one: Process, ann: Someone, bob: Someone
) -> None:
    await store(one, ann)
    async with process(mongodb_url, redis_url, pace=SELDOM) as fresh:
        updates = await fresh.begin(bob)
        untold = await store(one, ann)
        await say(fresh, Gap(age_ms=0))
        assert await updates.reach(1) == [untold]


async def test_no_subscription_begins_before_older_posts_are_noted(storage: Storage) -> None:
    """This holds for a starting process and after a gap that was too wide."""
    live = LiveHub(storage)
    assert live.moment() == NOT_READY
    with pytest.raises(Interrupted):
        await anext(live.arrivals(viewer=1, token="", since=NOT_READY))


async def test_too_wide_a_gap_interrupts_subscriptions(
    one: Process, ann: Someone, bob: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = await begin(one, bob, ann)
    monkeypatch.setattr(gaps, "MOST_READ", 3)
    for _ in range(4):
        await store(one, ann)
    await say(one, Gap(age_ms=0))
    assert isinstance(await updates.end(), Interrupted)
    monkeypatch.undo()
    again = await one.begin(bob)
    last = await one.post(ann)
    assert last.id in await again.reach(1)


async def test_a_gap_is_closed_when_mongodb_is_back_and_interrupts_if_it_stays_away(
    mongodb_url: str, redis_url: str, ann: Someone, bob: Someone, one: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "READ_WITHIN_S", 0.3)
    patience = replace(SELDOM, gaps=replace(QUICK_GAPS, give_up_after_s=4))
    async with (
        cable(urlsplit(mongodb_url).port or 0) as wire,
        process(f"mongodb://127.0.0.1:{wire.port}/?directConnection=true", redis_url, pace=patience) as cut_off,
    ):
        updates = await begin(cut_off, bob, ann)
        wire.hold()
        untold = await store(one, ann)
        await say(one, Gap(age_ms=0))
        await asyncio.wait([updates.task], timeout=1)
        wire.release()
        assert (await updates.reach(2))[1:] == [untold]
        wire.hold()
        await say(one, Gap(age_ms=0))
        assert isinstance(await updates.end(), Interrupted)
        wire.release()
