"""What a subscription delivers of replies, reposts and removals is what pages of the same reader show."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from domain.errors import Interrupted
from domain.pages import PageRequest
from domain.records import Post, User
from live.arrival import Arrival
from live.removal import MISSED, PostGone, Removal, RepostGone, Stale
from resolvers import posts, relations, reposts
from tests.client import Someone, sign_up
from tests.live.process import Process
from tests.waiting import PATIENT_S, wait_until
from tests.world import World


@pytest.fixture
async def eve(one: Process) -> Someone:
    return await sign_up(World(one.storage), "eve")


class Changes:
    """The changes that arrive at one viewer: ids of events, and removals."""

    def __init__(self, process: Process, viewer: Someone) -> None:
        self._process, self._viewer = process, viewer
        self.arrived: list[int] = []
        self.removed: list[Removal] = []

    @asynccontextmanager
    async def subscribed(self) -> AsyncIterator["Changes"]:
        async def is_ready() -> bool:
            return self._process.live.moment() >= 0

        await wait_until(is_ready)
        task = asyncio.create_task(self._collect())
        try:
            yield self
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, Interrupted):
                await task

    async def _collect(self) -> None:
        async for change in posts.feed_changes(self._process.context(self._viewer)):
            if not isinstance(change, Arrival):
                self.removed.append(change)
            elif event := await change.event_for(self._viewer.user.id):
                self.arrived.append(event.id)

    async def reach(self, event: int) -> None:
        """Wait until the event has arrived: everything that was announced before it has been decided."""

        async def has_arrived() -> bool:
            return event in self.arrived

        await wait_until(has_arrived)


async def feed_of(one: Process, reader: User) -> list[int]:
    return [event.id for event in (await one.storage.feed.page(reader.id, PageRequest(100))).items]


async def reply(one: Process, author: Someone, parent: Post) -> Post:
    return await posts.create(one.context(author), "a reply", reply_to=parent.id)


async def test_replies_and_reposts_arrive_if_a_page_shows_them(
    one: Process, people: tuple[Someone, Someone], eve: Someone
) -> None:
    ann, bob = people
    joe = await sign_up(World(one.storage), "joe")
    async with Changes(one, bob).subscribed() as changes:
        by_eve, by_bob, by_joe = await one.post(eve), await one.post(bob), await one.post(joe)
        by_ann = await one.post(ann)
        await reply(one, ann, by_eve)  # to a stranger
        await reply(one, ann, by_bob)
        await reply(one, ann, by_ann)
        await reposts.repost(one.context(ann), by_joe.id)
        await reposts.repost(one.context(ann), by_bob.id)  # the reader's own
        await reposts.repost(one.context(ann), by_ann.id)  # within the time of its first sight
        await changes.reach((await one.post(ann)).id)
        assert sorted(changes.arrived, reverse=True) == await feed_of(one, bob.user)

        await one.follow(bob, eve.user)
        begin = (await one.post(eve)).id
        await reply(one, ann, by_eve)  # by now to a followee
        await reply(one, eve, by_joe)
        await reposts.repost(one.context(eve), by_joe.id)  # it came by before
        await changes.reach((await one.post(ann)).id)
        newly = [event for event in await feed_of(one, bob.user) if event >= begin]
        assert sorted((event for event in changes.arrived if event >= begin), reverse=True) == newly
        assert changes.removed == []


async def test_deletions_and_undone_reposts_are_told(
    one: Process, people: tuple[Someone, Someone], eve: Someone
) -> None:
    ann, bob = people
    async with Changes(one, bob).subscribed() as changes:
        post, by_eve = await one.post(ann), await one.post(eve)
        await reposts.repost(one.context(ann), by_eve.id)
        await changes.reach((await one.post(ann)).id)
        (repost,) = set(changes.arrived) & set(await feed_of(one, bob.user)) - {post.id, changes.arrived[-1]}
        await reposts.undo(one.context(ann), by_eve.id)
        await posts.delete(one.context(ann), post.id)
        await posts.delete(one.context(eve), by_eve.id)  # by nobody whom the reader follows
        await changes.reach((await one.post(ann)).id)
        assert changes.removed == [RepostGone(repost), PostGone(post.id)]


async def test_the_deletion_of_a_reposted_post_is_told_once_to_those_who_follow_a_reposter(
    one: Process, people: tuple[Someone, Someone], eve: Someone
) -> None:
    ann, bob = people
    joe, cleo = await sign_up(World(one.storage), "joe"), await sign_up(World(one.storage), "cleo")
    await one.follow(bob, joe.user)
    await one.follow(cleo, eve.user)
    async with Changes(one, bob).subscribed() as changes, Changes(one, cleo).subscribed() as of_cleo:
        by_joe, by_eve = await one.post(joe), await one.post(eve)
        for reposter, post in ((ann, by_eve), (joe, by_eve), (ann, by_joe)):
            await reposts.repost(one.context(reposter), post.id)
        await posts.delete(one.context(eve), by_eve.id)
        await posts.delete(one.context(joe), by_joe.id)
        await changes.reach((await one.post(ann)).id)
        await of_cleo.reach((await one.post(eve)).id)
        assert changes.removed == [PostGone(by_eve.id), PostGone(by_joe.id)]
        assert of_cleo.removed == [PostGone(by_eve.id)]


async def test_after_a_gap_removals_may_be_missing(one: Process, people: tuple[Someone, Someone]) -> None:
    ann, bob = people
    async with Changes(one, bob).subscribed() as changes:
        await changes.reach((await one.post(ann)).id)
        one.live._gaps.note(0)

        async def is_told() -> bool:
            return Stale(MISSED) in changes.removed

        await wait_until(is_told)


async def test_a_mute_ends_the_subscription_and_the_next_one_delivers_nothing_of_the_muted(
    one: Process, people: tuple[Someone, Someone], eve: Someone
) -> None:
    ann, bob = people
    await one.follow(bob, eve.user)
    async with Changes(one, bob).subscribed() as changes:
        await changes.reach((await one.post(ann)).id)
        await relations.mute(one.context(bob), ann.user.id, until=None)

        async def has_ended() -> bool:
            return one.live.subscriptions == 0

        await wait_until(has_ended, PATIENT_S)
    async with Changes(one, bob).subscribed() as changes:
        muted, by_eve = await one.post(ann), await one.post(eve)
        await reposts.repost(one.context(eve), muted.id)
        await changes.reach((await one.post(eve)).id)
        assert by_eve.id in changes.arrived
        assert sorted(changes.arrived) == sorted(event for event in await feed_of(one, bob.user) if event >= muted.id)
