"""Live updates: what has happened in any web process reaches each subscription on this one that it concerns.

What is guaranteed: each post that is stored after a subscription began, by an account that the viewer follows, arrives
once, or else the subscription ends with Interrupted. The client then subscribes again and, once it has, reads its feed,
which is exact. Why:

- What is stored is announced, whatever becomes of the request (`tell`). A process that may have failed to announce
  something says since when (Gap). One that dies falls silent, and is missed by all who have heard it before. One that
  is alive in the database and not heard is noticed (Heartbeat).
- Redis hands on announcements in their order, or breaks the connection. A process that loses it, hears of a gap, or
  misses another process reads from the database what it may have missed, for all subscriptions at once (Gaps). Posts
  that it has heard of before do not arrive again. Subscriptions are interrupted only if there is too much to read, or
  reading fails for too long.
- A subscription begins at a moment from which on nothing is missed. Who follows whom is never taken from an
  announcement, only read again after one, and after a gap. What arrives while it is read is looked through then
  (`Audience`). Ids of two processes are never compared to tell which of two events was first.

What may arrive besides: posts that were stored up to a minute before the subscription began, or before the follow, if
the process has learnt of them, or of the follow, from the database alone. They are in the feed, too. Posts may arrive
in any order.
"""

import asyncio
import random
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import structlog

from compat.asyncio import stop
from domain.announcements import Announcement, FollowChanged, PostMade, SessionEnded
from domain.errors import SESSION_ENDED, BadUserInput, Interrupted, Unauthenticated
from live.arrival import Arrival
from live.followees import Followees
from live.gaps import GapPace, Gaps
from live.heartbeat import Clocks, Heartbeat
from live.listener import Listener
from live.publisher import EventPublisher
from live.subscriber import Subscriber
from live.subscribers import Subscribers
from storage import DatabaseError, Storage

MOST_OF_ONE_VIEWER = 20  # subscriptions at once
MOST_RESUMED = 100  # posts that a subscription which is resumed begins with
NOT_READY = -1  # a moment at which no subscription can begin
RETURN_WITHIN_MS = 10_000  # a client that was refused then

T = TypeVar("T")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    alive_every_s: float = 5.0
    silence_s: float = 15.0  # after which a process is taken for dead
    heartbeat_every_s: float = 10.0
    check_sessions_every_s: float = 30.0
    gaps: GapPace = GapPace()


class LiveHub:
    """One per web process. `note_slow` is called for every subscription that ends because it is read too slowly."""

    def __init__(self, storage: Storage, *, note_slow: Callable[[], None] = lambda: None, pace: Pace = Pace()) -> None:
        self._storage = storage
        self._pace = pace
        self._tasks: set[asyncio.Task[Any]] = set()
        name, clocks = secrets.token_hex(8), Clocks()
        self._subscribers = Subscribers(make_arrival=partial(Arrival, storage), note_slow=note_slow)
        self._followees = Followees(
            storage.follows, self._subscribers, begin=self._begin, give_up_after_s=pace.gaps.give_up_after_s
        )
        self._announcer = EventPublisher(storage.announcements, name=name, alive_every_s=pace.alive_every_s)
        self._gaps = Gaps(storage.posts, self._subscribers, clocks=clocks, recheck=self._recheck, pace=pace.gaps)
        self._listener = Listener(
            storage.announcements, name=name, hear=self._hear, gaps=self._gaps, silence_s=pace.silence_s
        )
        self._heartbeat = Heartbeat(
            storage,
            name=name,
            clocks=clocks,
            last_heard=self._listener.last_heard,
            is_listening=lambda: self._listener.is_listening,
            miss=self._gaps.note,
            every_s=pace.heartbeat_every_s,
            silence_s=pace.silence_s,
        )

    @property
    def subscriptions(self) -> int:
        return len(self._subscribers)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Redis may be away, now and later."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._stop_tasks)  # the last: until then, others may begin some
            await stack.enter_async_context(self._announcer.running())
            await stack.enter_async_context(self._listener.running())
            await stack.enter_async_context(self._gaps.closing())
            await stack.enter_async_context(self._heartbeat.beating())  # the first to end: none misses who has left
            self._begin(self._look_after_sessions())
            try:
                yield
            finally:
                self._subscribers.interrupt()
                await self._stop_tasks()

    # -- for use cases ------------------------------------------------------------------------------------------------

    async def write_and_publish(self, write: Coroutine[Any, Any, T], of: Callable[[T], Announcement | None]) -> T:
        """The outcome of the write. What there is to say `of` it is said, though whoever asked may have gone."""
        return await asyncio.shield(self._begin(self._write_and_publish(write, of)))

    def publish(self, announcement: Announcement) -> None:
        """Announce what has happened already; for what nobody misses if this process dies first."""
        self._announcer.put(announcement)

    def known_posts(self, author: int) -> tuple[int, ...]:
        """The author's latest posts, to be told with a follow that is not made yet."""
        return self._subscribers.known_posts(author)

    def moment(self) -> int:
        """For a subscription to begin at."""
        return self._subscribers.place if self._gaps.is_ready else NOT_READY

    async def arrivals(
        self, *, viewer: int, token: str, since: int, after: int | None = None
    ) -> AsyncGenerator[Arrival, None]:
        """Posts by the accounts that the viewer follows, as they are made after the moment `since`.

        With `after`, the posts of the viewer's feed with higher ids come first, the lowest id first.

        Errors: BadUserInput if the viewer has MOST_OF_ONE_VIEWER already; Interrupted, also if there are more than
        MOST_RESUMED posts to begin with; Unauthenticated once the session has ended.
        """
        if len(self._subscribers.of_viewer(viewer)) >= MOST_OF_ONE_VIEWER:
            raise BadUserInput(f"At most {MOST_OF_ONE_VIEWER} subscriptions may be open at once.")
        if since == NOT_READY:
            raise Interrupted(random.randrange(RETURN_WITHIN_MS))  # noqa: S311  # no secret
        subscriber = Subscriber(viewer=viewer, token=token, since=since)
        self._followees.read_soon(self._subscribers.enter(subscriber))
        try:
            resumed: set[int] = set()
            if after is not None:
                for arrival in await self._missed(viewer, after):
                    subscriber.raise_if_ended()
                    resumed.add(arrival.number)
                    yield arrival
            while True:
                arrival = await subscriber.take()
                if arrival.number not in resumed:
                    yield arrival
        finally:
            self._subscribers.leave(subscriber)

    async def _missed(self, viewer: int, after: int) -> list[Arrival]:
        """Errors: Interrupted if there are more than MOST_RESUMED."""
        missed = await self._storage.feed.above(viewer, after, most=MOST_RESUMED)
        if missed is None:
            raise Interrupted
        return [Arrival(self._storage, post.id, post.author, record=post) for post in missed]

    # -- speaking -----------------------------------------------------------------------------------------------------

    async def _write_and_publish(self, write: Coroutine[Any, Any, T], of: Callable[[T], Announcement | None]) -> T:
        began = monotonic()
        try:
            outcome = await write
        except BaseException:  # it may be stored all the same
            self._announcer.miss(began)
            self._gaps.note(began)
            raise
        if announcement := of(outcome):
            self._announcer.put(announcement)
            self._hear(announcement)
        return outcome

    # -- listening ----------------------------------------------------------------------------------------------------

    def _hear(self, announcement: Announcement) -> None:
        match announcement:
            case PostMade(post=post, author=author):
                self._subscribers.arrive(post=post, author=author)
            case FollowChanged(follower=follower, followee=followee, edge=edge, known=known):
                if viewer := self._subscribers.find_viewer(follower):
                    self._subscribers.change(viewer, followee, edge=edge, known=known)
                    self._followees.read_soon(viewer)
            case SessionEnded(user=user):
                if subscribers := self._subscribers.of_viewer(user):
                    self._begin(self._end_without_session(subscribers))

    def _recheck(self, since: float) -> None:
        """Follows may have changed since the time, and sessions ended, unheard."""
        self._followees.reread(since)
        self._begin(self._end_without_session(list(self._subscribers)))

    # -- sessions -----------------------------------------------------------------------------------------------------

    async def _look_after_sessions(self) -> None:
        while True:
            await asyncio.sleep(self._pace.check_sessions_every_s)
            await self._end_without_session(list(self._subscribers))

    async def _end_without_session(self, subscribers: Collection[Subscriber]) -> None:
        try:
            alive = await self._storage.sessions.alive_among({subscriber.token for subscriber in subscribers})
        except DatabaseError as error:
            log.warning("mongodb.away", error=type(error).__name__)
            return
        for subscriber in subscribers:
            if subscriber.token not in alive:
                subscriber.end(Unauthenticated(SESSION_ENDED))

    async def _stop_tasks(self) -> None:
        await stop(*self._tasks)

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
