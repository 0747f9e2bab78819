"""The live updates of a web process without HTTP. A test can run several of them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pymongo.monitoring import CommandListener

from domain.records import Post, User
from live.gaps import GapPace
from live.hub import LiveHub, Pace
from resolvers import follows, posts
from resolvers.context import Context
from resolvers.services import Services
from storage import Storage, create_indexes, open_storage
from tests.client import Someone
from tests.contexts import services_on
from tests.waiting import wait_until
from threads.passwords import PasswordHashing

QUICK_GAPS = GapPace(
    spread_s=0.05, pause_s=0.05, poll_every_s=0.3, again_after_s=0.5, follows_pause_s=0.1, follows_every_s=0.5
)
QUICK = Pace(
    alive_every_s=0.2,
    silence_s=20,
    check_sessions_every_s=0.2,
    signal_every_s=0.05,
    heartbeat_every_s=0.3,
    gaps=QUICK_GAPS,
)


@dataclass
class Subscription:
    """The arrived posts, and the reason why the subscription ended."""

    task: asyncio.Task[None]
    posts: list[int] = field(default_factory=list)

    async def reach(self, number: int) -> list[int]:
        """Wait for that many posts and return all arrived ones. Raises the reason if the subscription has ended."""

        async def is_reached() -> bool:
            return self.task.done() or len(self.posts) >= number

        await wait_until(is_reached, 30)
        if self.task.done():
            await self.task
        return self.posts

    async def end(self) -> BaseException | None:
        await asyncio.wait([self.task], timeout=30)
        return self.task.exception()


@dataclass
class Process:
    services: Services

    @property
    def storage(self) -> Storage:
        return self.services.storage

    @property
    def live(self) -> LiveHub:
        return self.services.live

    def context(self, someone: Someone) -> Context:
        return Context(services=self.services, since=self.live.moment(), viewer=someone.user.id, token=someone.token)

    async def post(self, author: Someone, text: str = "hello") -> Post:
        return await posts.create(self.context(author), text)

    async def follow(self, follower: Someone, followee: User) -> None:
        await follows.follow(self.context(follower), followee.id)

    async def unfollow(self, follower: Someone, followee: User) -> None:
        await follows.unfollow(self.context(follower), followee.id)

    async def subscribe(self, viewer: Someone, after: int | None = None) -> Subscription:
        arrivals = posts.feed_updates(self.context(viewer), after)

        async def collect() -> None:
            async for arrival in arrivals:
                subscription.posts.append(arrival.number)

        subscription = Subscription(asyncio.create_task(collect()))
        # Mark the exception as retrieved, even if the test does not look at it.
        subscription.task.add_done_callback(lambda task: task.cancelled() or task.exception())
        return subscription

    async def begin(self, viewer: Someone) -> Subscription:
        """Open a subscription and wait until it counts as open."""

        async def is_ready() -> bool:
            return self.live.moment() >= 0

        await wait_until(is_ready)
        before = self.live.subscriptions
        subscription = await self.subscribe(viewer)

        async def is_open() -> bool:
            return self.live.subscriptions > before

        await wait_until(is_open)
        return subscription


@asynccontextmanager
async def process(
    mongodb_url: str, redis_url: str, *, pace: Pace = QUICK, listeners: Sequence[CommandListener] = ()
) -> AsyncIterator[Process]:
    opened = open_storage(
        mongodb_url,
        database="processes",
        driver="pymongo",
        session_ttl_days=30,
        redis_url=redis_url,
        listeners=listeners,
    )
    async with opened as storage:
        await create_indexes(storage.mongo)
        live = LiveHub(storage, pace=pace)
        async with live.running():
            with services_on(storage, live=live, passwords=PasswordHashing()) as services:
                yield Process(services)
