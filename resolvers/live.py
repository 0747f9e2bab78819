"""Live updates: what has happened in any web process reaches whoever is connected to this one and concerned.

What is guaranteed: each post that is stored after a subscription began, by an account that the viewer follows, arrives
once, or else the subscription ends with Interrupted. The client then subscribes again and, once it has, reads its feed,
which is exact. Why:

- What is stored is announced, whatever becomes of the request (`tell`). A process that may have failed to announce
  something says so as soon as it can (Gap). One that dies falls silent, and is missed by all who have heard it before.
- Redis hands on announcements in their order, or breaks the connection. A process that loses it, hears of a gap, or
  misses a voice, its own among them, ends all its subscriptions.
- A subscription begins at a moment at which the process listens. Who follows whom is never taken from an announcement,
  only read again after one; what arrives while it is read is looked through then (`Audience.join`).
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import structlog

from domain.announcements import Announcement, FollowChanged, Gap, PostMade, SessionEnded
from domain.errors import SESSION_ENDED, BadUserInput, Interrupted, Unauthenticated
from resolvers.announcer import Announcer
from resolvers.arrival import Arrival
from resolvers.audience import Audience, Subscriber
from resolvers.background import stop
from resolvers.listener import Listener
from storage import DatabaseError, Storage

MOST_OF_ONE_VIEWER = 20  # subscriptions at once
NOT_LISTENING = -1  # a moment at which the process did not listen

T = TypeVar("T")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    alive_every_s: float = 5.0
    silence_s: float = 15.0  # after which a process is taken for dead
    check_sessions_every_s: float = 30.0


class Live:
    """One per web process. `note_slow` is called for every subscription that ends because it is read too slowly."""

    def __init__(self, storage: Storage, *, note_slow: Callable[[], None] = lambda: None, pace: Pace = Pace()) -> None:
        self._storage = storage
        self._pace = pace
        self._announcer = Announcer(storage.announcements, alive_every_s=pace.alive_every_s)
        self._audience = Audience(make_arrival=partial(Arrival, storage), note_slow=note_slow)
        self._listener = Listener(storage.announcements, hear=self._hear, silence_s=pace.silence_s)
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def subscriptions(self) -> int:
        return len(self._audience)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Redis may be away, now and later."""
        async with self._announcer.running(), self._listener.running():
            self._begin(self._look_after_sessions())
            try:
                yield
            finally:
                self._audience.interrupt()
                await stop(*self._tasks)

    # -- for use cases ------------------------------------------------------------------------------------------------

    async def tell(self, write: Coroutine[Any, Any, T], of: Callable[[T], Announcement | None]) -> T:
        """The outcome of the write. What there is to say `of` it is said, though whoever asked may have gone."""
        return await asyncio.shield(self._begin(self._tell(write, of)))

    def say(self, announcement: Announcement) -> None:
        """Announce what has happened already; for what nobody misses if this process dies first."""
        self._announcer.put(announcement)

    def moment(self) -> int:
        """For a subscription to begin at."""
        return self._audience.place if self._listener.is_listening else NOT_LISTENING

    async def arrivals(self, *, viewer: int, token: str, since: int) -> AsyncGenerator[Arrival, None]:
        """Posts by the accounts that the viewer follows, as they are made after the moment.

        Errors: BadUserInput where the viewer has MOST_OF_ONE_VIEWER already; Interrupted; Unauthenticated once the
        session has ended.
        """
        if len(self._audience.of(viewer)) >= MOST_OF_ONE_VIEWER:
            raise BadUserInput(f"At most {MOST_OF_ONE_VIEWER} subscriptions may be open at once.")
        subscriber = Subscriber(viewer=viewer, token=token, since=since)
        self._audience.enter(subscriber)
        try:
            followees = await self._storage.follows.all_followees(viewer)
            self._audience.join(subscriber, followees - subscriber.unsure)
            if not self._audience.is_complete(since=since):
                raise Interrupted
            await self._make_sure(subscriber)
            while True:
                yield await subscriber.take()
        finally:
            self._audience.leave(subscriber)

    # -- speaking -----------------------------------------------------------------------------------------------------

    async def _tell(self, write: Coroutine[Any, Any, T], of: Callable[[T], Announcement | None]) -> T:
        try:
            outcome = await write
        except BaseException:  # it may be stored all the same
            self._announcer.put(Gap())
            raise
        if announcement := of(outcome):
            self._announcer.put(announcement)
        return outcome

    # -- listening ----------------------------------------------------------------------------------------------------

    def _hear(self, announcement: Announcement) -> None:
        match announcement:
            case PostMade(post=post, author=author):
                self._audience.arrive(post=post, author=author)
            case FollowChanged(follower=follower, followee=followee):
                for subscriber in self._audience.of(follower):
                    self._audience.part(subscriber, followee)
                    subscriber.unsure.add(followee)
                    if not subscriber.is_reading:
                        subscriber.is_reading = True
                        self._begin(self._make_sure(subscriber))
            case SessionEnded(user=user):
                self._begin(self._end_without_session(self._audience.of(user)))
            case Gap():
                self._audience.interrupt()

    # -- reading again ------------------------------------------------------------------------------------------------

    async def _make_sure(self, subscriber: Subscriber) -> None:
        """One at a time for each subscriber, so that what is read last is also what happened last."""
        try:
            while subscriber.unsure:
                followee = subscriber.unsure.pop()
                edge = await self._storage.follows.find(follower=subscriber.viewer, followee=followee)
                if edge and followee not in subscriber.unsure:
                    self._audience.join(subscriber, {followee}, after=edge.id)
        except DatabaseError:
            subscriber.end(Interrupted())
        finally:
            subscriber.is_reading = False

    async def _look_after_sessions(self) -> None:
        while True:
            await asyncio.sleep(self._pace.check_sessions_every_s)
            await self._end_without_session(list(self._audience))

    async def _end_without_session(self, subscribers: Collection[Subscriber]) -> None:
        try:
            alive = await self._storage.sessions.alive_among({subscriber.token for subscriber in subscribers})
        except DatabaseError as error:
            log.warning("mongodb.away", error=type(error).__name__)
            return
        for subscriber in subscribers:
            if subscriber.token not in alive:
                subscriber.end(Unauthenticated(SESSION_ENDED))

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
