"""Signals that notifications may have changed, within a process and between processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import orjson
import pytest
from redis.asyncio import from_url

from domain.acts import ActKind
from domain.announcements import AccountsNotified, Alive, Announcement, Gap
from domain.errors import BadUserInput, Interrupted, Unauthenticated
from domain.notifications import NotificationRequest
from live.hub import MOST_OF_ONE_VIEWER
from live.signals import MOST_TOLD, Signals
from resolvers import acts, follows, notifications, posts, relations, reposts
from tests.client import Someone
from tests.live.process import Process, process
from tests.waiting import wait_until
from tests.world import World

LIVE_CHANNEL = "tweeter.processes.live"
NEW_CHANNEL = "tweeter.processes.notified"
ALL = NotificationRequest(first=20)


@dataclass
class Counts:
    """The unread counts that a subscription has received."""

    task: asyncio.Task[None]
    received: list[int] = field(default_factory=list)

    async def reach(self, count: int) -> None:
        """Wait until the latest count is this one."""

        async def is_reached() -> bool:
            return self.task.done() or self.received[-1:] == [count]

        await wait_until(is_reached, 20)
        if self.task.done():
            await self.task


@asynccontextmanager
async def counts_of(running: Process, viewer: Someone) -> AsyncIterator[Counts]:
    async def is_ready() -> bool:
        return running.live.moment() >= 0

    await wait_until(is_ready)

    async def collect() -> None:
        async for count in notifications.unread_counts(running.context(viewer)):
            counts.received.append(count)

    counts = Counts(asyncio.create_task(collect()))
    try:
        yield counts
    finally:
        counts.task.cancel()
        with suppress(asyncio.CancelledError, Interrupted, Unauthenticated):
            await counts.task


@pytest.fixture
async def other(mongodb_url: str, redis_url: str, one: Process) -> AsyncIterator[Process]:
    """Another process on the same database."""
    async with process(mongodb_url, redis_url) as running:
        yield running


async def test_each_act_and_its_end_reach_every_process(
    one: Process, other: Process, people: tuple[Someone, Someone]
) -> None:
    ann, bob = people
    async with counts_of(one, ann) as here, counts_of(other, ann) as there:
        for counts in (here, there):
            await counts.reach(1)  # Bob follows Ann
        post = await one.post(ann)
        context = one.context(bob)
        unread = 1

        async def both_reach(change: int) -> None:
            nonlocal unread
            unread += change
            for counts in (here, there):
                await counts.reach(unread)

        await posts.create(context, "hello @ann")
        await both_reach(1)
        await posts.create(context, "hello @ann", key="a-key")
        await both_reach(1)
        answer = await posts.create(context, "an answer", reply_to=post.id)
        await both_reach(1)
        await posts.create(context, "a quote", quote=post.id)
        await both_reach(1)
        await acts.add(context, ActKind.LIKE, post.id)
        await both_reach(1)
        await acts.take_back(context, ActKind.LIKE, post.id)
        await both_reach(-1)
        await reposts.repost(context, post.id)
        await both_reach(1)
        await reposts.undo(context, post.id)
        await both_reach(-1)
        await follows.unfollow(context, ann.user.id)
        await both_reach(-1)
        await follows.follow(context, ann.user.id)
        await both_reach(1)
        await posts.delete(context, answer.id)
        await both_reach(-1)
        await relations.mute(one.context(ann), bob.user.id)
        await both_reach(-unread)
        await relations.unmute(one.context(ann), bob.user.id)
        await both_reach(4)
        page = await one.storage.notifications.page(ann.user.id, ALL)
        await notifications.mark_read(one.context(ann), page.marker)
        await both_reach(-4)


async def test_many_acts_are_few_signals(one: Process, people: tuple[Someone, Someone]) -> None:
    """Each announcement and each read may stand for any number of acts."""
    ann, bob = people
    async with counts_of(one, ann) as counts:
        await counts.reach(1)
        for number in range(50):
            await posts.create(one.context(bob), f"{number} for @ann")
        await counts.reach(51)
        assert len(counts.received) < 52


def test_others_are_told_of_an_account_at_most_once_in_a_pause() -> None:
    told: list[Announcement] = []
    signals = Signals(None, announce=told.append, interrupted=Interrupted, pause_s=1)  # type: ignore[arg-type]  # unread
    for _ in range(1_000):
        signals.notify({1})
    signals.notify({2})
    assert told == [AccountsNotified((1,)), AccountsNotified((2,))]
    signals._tell_untold()
    assert told[2:] == [AccountsNotified((1,))], "what came during the pause is told after it"
    signals.notify({1, 2})
    assert told[3:] == [AccountsNotified((2,))]
    signals._tell_untold()
    signals._tell_untold()
    assert told[4:] == [AccountsNotified((1,))]
    told.clear()
    signals.notify(range(100, 100 + 2 * MOST_TOLD + 1))
    assert sorted(len(one.accounts) for one in told if isinstance(one, AccountsNotified)) == [1, MOST_TOLD, MOST_TOLD]


async def test_older_versions_do_not_hear_of_notifications(redis_url: str, one: Process) -> None:
    """An unknown announcement would be a gap to them. They hear that the process is alive."""
    async with from_url(redis_url) as redis, redis.pubsub() as channel:
        await channel.subscribe(LIVE_CHANNEL, "tweeter.processes.announcements", NEW_CHANNEL)
        await one.storage.announcements.send("a process", [AccountsNotified((7,))])
        heard: dict[str, list[object]] = {}
        while len(heard) < 3:
            message = await channel.get_message(ignore_subscribe_messages=True, timeout=30)
            if message is None:
                continue
            sender, *said = orjson.loads(message["data"])
            if sender.endswith("a process"):
                heard[message["channel"].decode()] = said
    assert heard.pop(NEW_CHANNEL) == [["AccountsNotified", [7]]]
    assert list(heard.values()) == [[[Alive.__name__]], [[Alive.__name__]]]


async def test_after_a_gap_every_subscription_reads_again(one: Process, people: tuple[Someone, Someone]) -> None:
    ann, bob = people
    async with counts_of(one, ann) as counts:
        await counts.reach(1)
        await World(one.storage).post(bob.user, "hello @ann", mentioned=[ann.user])  # announced by nobody
        await one.storage.announcements.send("another process", [Gap(1_000)])
        await counts.reach(2)


async def test_a_subscription_ends_with_its_session(one: Process, ann: Someone) -> None:
    async with counts_of(one, ann) as counts:
        await counts.reach(0)
        assert await one.storage.sessions.end_by_token(ann.token)

        async def has_ended() -> bool:
            return counts.task.done()

        await wait_until(has_ended)
        assert isinstance(counts.task.exception(), Unauthenticated)
    assert one.live.subscriptions == 0


async def test_a_stopping_process_interrupts_its_subscriptions(
    mongodb_url: str, redis_url: str, one: Process, ann: Someone
) -> None:
    async with process(mongodb_url, redis_url) as stopping, counts_of(stopping, ann) as counts:
        await counts.reach(0)
        stopping.live._interrupt()

        async def has_ended() -> bool:
            return counts.task.done()

        await wait_until(has_ended)
        assert isinstance(counts.task.exception(), Interrupted)


async def test_an_account_has_a_bounded_number_of_subscriptions(one: Process, ann: Someone) -> None:
    opened = [notifications.unread_counts(one.context(ann)) for _ in range(MOST_OF_ONE_VIEWER + 1)]
    for counts in opened[:-1]:
        assert await anext(counts) == 0
    with pytest.raises(BadUserInput):
        await anext(opened[-1])
    with pytest.raises(BadUserInput):
        await anext(posts.feed_updates(one.context(ann)))
    for counts in opened:
        await counts.aclose()
    assert one.live.subscriptions == 0
