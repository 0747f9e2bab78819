"""The listener: processes that leave or fall silent, and announcements of older versions."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace

import orjson
import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from domain.announcements import Alive, Announcement, Farewell
from tests.client import Someone, sign_up
from tests.live.process import QUICK, Process, process
from tests.waiting import bounded, wait_until
from tests.world import World

Say = Callable[[str, Sequence[Announcement]], Awaitable[None]]

FIRST_CHANNEL = "tweeter.processes.announcements"


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url) as client:
        yield client


async def test_a_process_that_sent_a_farewell_is_not_missed(mongodb_url: str, redis_url: str) -> None:
    soon = process(mongodb_url, redis_url, pace=replace(QUICK, silence_s=1))
    async with soon as one:

        async def is_listening() -> bool:
            return one.live._listener.is_listening

        await wait_until(is_listening)  # a process may run without it, and would hear nothing of the others
        say = one.storage.announcements.send
        missed = await missed_with_one_that_dies(say)
    assert "leaves" not in missed


async def missed_with_one_that_dies(say: Say) -> set[str]:
    """Return the processes noted as gaps by the time at which a dead one is."""
    with capture_logs() as logs:
        for sender in ("leaves", "dies"):
            await say(sender, [Alive()])
        await say("leaves", [Alive(), Farewell()])

        def missed() -> set[str]:
            return {line["sender"] for line in logs if line["event"] == "announcements.silence"}

        async def is_missed() -> bool:
            return "dies" in missed()

        await wait_until(is_missed)
        return missed()


async def test_announcements_in_the_first_format_are_read(
    one: Process, redis: Redis, people: tuple[Someone, Someone]
) -> None:
    ann, bob = people
    eve = await sign_up(World(one.storage), "eve")

    async def say(*announcement: object) -> None:
        await redis.publish(FIRST_CHANNEL, orjson.dumps(["an old process", announcement]))

    updates = await one.begin(bob)
    posted = [await World(one.storage).post(ann.user)]
    await say("PostMade", posted[0].id, ann.user.id)
    await updates.reach(1)
    await World(one.storage).follow(bob.user, eve.user)
    await say("FollowChanged", bob.user.id, eve.user.id)
    posted.append(await one.post(eve))
    await updates.reach(2)
    for gap in (["SomethingNew", 1, 2], ["Gap"]):  # a gap is read twice
        posted.append(await World(one.storage).post(ann.user))
        await say(*gap)
        await updates.reach(len(posted))
    posted.append(await World(one.storage).post(ann.user))
    await say("PostMade", posted[-1].id, ann.user.id, "and more")
    assert set(await updates.reach(5)) == {post.id for post in posted}


async def test_announcements_are_also_sent_in_the_first_format(
    one: Process, redis: Redis, people: tuple[Someone, Someone]
) -> None:
    ann, bob = people
    told = []
    async with redis.pubsub() as channel:
        await channel.subscribe(FIRST_CHANNEL)
        await channel.get_message(timeout=10)
        post = await one.post(ann)
        await one.unfollow(bob, ann.user)
        await one.follow(bob, ann.user)
        one.live._publisher.miss(0)
        for _ in bounded():
            if ["Gap"] in told:
                break
            message = await channel.get_message(timeout=10)
            assert message is not None
            sender, *some = orjson.loads(message["data"])
            told += some
            assert sender.startswith("again:")
    change = ["FollowChanged", bob.user.id, ann.user.id]
    assert [each for each in told if each[0] not in ("Alive", "Gap")] == [
        ["PostMade", post.id, ann.user.id],
        change,
        change,
    ]
