"""Live updates: the hub of a web process, which delivers events of all processes to the subscriptions on this one.

Guarantee: a post by a followee that is stored after a subscription began arrives once, or the subscription ends with
Interrupted. Then the client subscribes again and rereads its feed, which is exact. The reasons:

- A stored post is announced even if the request is cancelled (`write_and_publish`). A process that may have failed to
  announce something announces a Gap with its start. A process that dies falls silent, and the processes that heard it
  before note a gap. A process that is alive in the database but not heard is detected (Heartbeat).
- Redis delivers announcements in order or breaks the connection. After a lost connection, an announced gap or a silent
  process, a process reads what it may have missed from the database, for all subscriptions at once (Gaps). Posts that
  it has heard before are not delivered again. Subscriptions are interrupted only if there are too many posts to read,
  or if reads fail for too long.
- A subscription begins at a moment after which nothing is missed. Follow edges are never taken from an announcement.
  They are reread after one, and after a gap. Posts that arrive during that read are checked afterwards (Subscribers).
  Ids of two processes are never compared to order two events.
- Only followees are read whose posts come to the viewer's feed. If the viewer's relations or options of follows change,
  its subscriptions are interrupted, and the next one reads the followees from the start.

Additional posts may arrive: those stored up to a minute before the subscription began, or before the follow, if the
process learnt of them, or of the follow, only from the database. They are in the feed, too. Posts may arrive in any
order.

Kept by hand: `broadcaster` does not notice which messages it has missed.
"""

import asyncio
import random
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Coroutine, Iterable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import structlog

from compat.asyncio import stop
from domain.announcements import (
    AccountsNotified,
    Announcement,
    FollowChanged,
    PostMade,
    PostRemoved,
    RelationsChanged,
    RepostMade,
    RepostUndone,
    SessionEnded,
)
from domain.errors import SESSION_ENDED, BadUserInput, Interrupted, Unauthenticated
from live.arrival import Arrival
from live.followees import Followees
from live.gaps import GapPace, Gaps
from live.heartbeat import Clocks, Heartbeat
from live.listener import Listener
from live.publisher import EventPublisher
from live.removal import PostGone, Removal, RepostGone
from live.signals import Signals, SignalSubscriber
from live.subscriber import Subscriber
from live.subscribers import Subscribers
from storage import DatabaseError, Storage

MOST_OF_ONE_VIEWER = 20  # concurrent subscriptions of one viewer
MOST_RESUMED = 100  # posts that a resumed subscription may begin with
NOT_READY = -1  # a moment at which no subscription can begin
MUTE_DELETED_WITHIN = timedelta(seconds=90)  # of its end: MongoDB looks for ended mutes every minute
RETURN_WITHIN_MS = 10_000  # the longest wait for a client that was refused at NOT_READY

T = TypeVar("T")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    alive_every_s: float = 5.0
    silence_s: float = 15.0  # a process that is silent for longer counts as dead
    heartbeat_every_s: float = 10.0
    check_sessions_every_s: float = 30.0
    signal_every_s: float = 1.0  # at most, to one account
    gaps: GapPace = GapPace()


class LiveHub:
    """The live updates of one web process.

    `note_slow` is called for each subscription whose client reads too slowly.
    """

    def __init__(self, storage: Storage, *, note_slow: Callable[[], None] = lambda: None, pace: Pace = Pace()) -> None:
        self._storage = storage
        self._pace = pace
        self._tasks: set[asyncio.Task[Any]] = set()
        name, clocks = secrets.token_hex(8), Clocks()
        self._subscribers = Subscribers(make_arrival=partial(Arrival, storage), note_slow=note_slow)
        self._followees = Followees(
            storage.follows,
            storage.relations,
            self._subscribers,
            begin=self._begin,
            give_up_after_s=pace.gaps.give_up_after_s,
        )
        self._publisher = EventPublisher(storage.announcements, name=name, alive_every_s=pace.alive_every_s)
        self._signals = Signals(
            storage.notifications,
            announce=self._publisher.put,
            interrupted=self._subscribers.interrupted,
            pause_s=pace.signal_every_s,
        )
        self._gaps = Gaps(
            storage.posts,
            self._subscribers,
            clocks=clocks,
            recheck=self._recheck,
            give_up=self._interrupt,
            pace=pace.gaps,
        )
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
        return len(self._subscribers) + len(self._signals)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the hub inside the block. Redis may be away at any time."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._stop_tasks)  # runs last, since the others may begin tasks
            await stack.enter_async_context(self._publisher.running())
            await stack.enter_async_context(self._signals.running())
            await stack.enter_async_context(self._listener.running())
            await stack.enter_async_context(self._gaps.closing())
            await stack.enter_async_context(self._heartbeat.beating())  # ends first: others stop expecting this process
            self._begin(self._watch_times())
            try:
                yield
            finally:
                self._interrupt()
                await self._stop_tasks()

    # -- for use cases ------------------------------------------------------------------------------------------------

    async def write_and_publish(
        self,
        write: Coroutine[Any, Any, T],
        describe: Callable[[T], Announcement | None],
        *,
        notifies: Callable[[T], Iterable[int]] = lambda _: (),
    ) -> T:
        """Run the write, publish `describe(result)` and return the result. Continue if the caller is cancelled.

        `notifies(result)` are the accounts whose notifications the write may have changed.
        """
        return await self.finish(self._write_and_publish(write, describe, notifies))

    async def finish(self, work: Coroutine[Any, Any, T]) -> T:
        """Run the work to its end and return its result. Continue if the caller is cancelled."""
        return await asyncio.shield(self._begin(work))

    def publish(self, announcement: Announcement) -> None:
        """Publish an announcement that may be lost if this process dies first."""
        self._publisher.put(announcement)

    def notify(self, accounts: Iterable[int]) -> None:
        """Signal that the notifications of the accounts may have changed. May be lost if this process dies first."""
        self._signals.notify(accounts)

    def known_posts(self, author: int) -> tuple[int, ...]:
        """Return the author's latest posts. Ask before inserting a follow edge, for its announcement."""
        return self._subscribers.known_posts(author)

    def moment(self) -> int:
        """Return the current moment, at which a subscription can begin. NOT_READY if none can."""
        return self._subscribers.place if self._gaps.is_ready else NOT_READY

    async def arrivals(
        self, *, viewer: int, token: str, since: int, after: int | None = None
    ) -> AsyncGenerator[Arrival, None]:
        """Yield what arrives, as `changes` does, without removals."""
        subscriber = Subscriber(viewer=viewer, token=token, since=since)
        async with aclosing(self._changes(subscriber, after)) as changes:
            async for change in changes:
                if isinstance(change, Arrival):
                    yield change

    def changes(
        self, *, viewer: int, token: str, since: int, after: int | None = None
    ) -> AsyncGenerator[Arrival | Removal, None]:
        """Yield posts and reposts by followees that are stored after the moment `since`, and what was removed.

        If `after` is given, the posts of the viewer's feed with higher ids come first, the lowest id first.

        Raises:
            BadUserInput: The viewer has MOST_OF_ONE_VIEWER subscriptions already.
            Interrupted: Posts may have been missed, or more than MOST_RESUMED posts would come first.
            Unauthenticated: The session has ended.
        """
        return self._changes(Subscriber(viewer=viewer, token=token, since=since, wants_removals=True), after)

    async def unread_counts(self, *, viewer: int, token: str) -> AsyncGenerator[int, None]:
        """Yield how many notifications the viewer has not read: now, and whenever that may have changed.

        Raises:
            BadUserInput: The viewer has MOST_OF_ONE_VIEWER subscriptions already.
            Interrupted: Changes may have been missed.
            Unauthenticated: The session has ended.
        """
        self._check_number(viewer)
        async with aclosing(self._signals.unread_counts(SignalSubscriber(viewer=viewer, token=token))) as counts:
            async for count in counts:
                yield count

    def _check_number(self, viewer: int) -> None:
        """Check that the viewer may open a further subscription.

        Raises:
            BadUserInput: It has MOST_OF_ONE_VIEWER subscriptions already.
        """
        if len(self._of_viewer(viewer)) >= MOST_OF_ONE_VIEWER:
            raise BadUserInput(f"At most {MOST_OF_ONE_VIEWER} subscriptions may be open at once.")

    async def _changes(self, subscriber: Subscriber, after: int | None) -> AsyncGenerator[Arrival | Removal, None]:
        viewer = subscriber.viewer
        self._check_number(viewer)
        if subscriber.since == NOT_READY:
            raise Interrupted(random.randrange(RETURN_WITHIN_MS))  # noqa: S311  # no secret
        self._followees.read_soon(self._subscribers.enter(subscriber))
        try:
            resumed: set[int] = set()
            if after is not None:
                for arrival in await self._missed(viewer, after):
                    subscriber.raise_if_ended()
                    resumed.add(arrival.number)
                    yield arrival
            while True:
                change = await subscriber.take()
                if not isinstance(change, Arrival) or change.number not in resumed:
                    yield change
        finally:
            self._subscribers.leave(subscriber)

    async def _missed(self, viewer: int, after: int) -> list[Arrival]:
        """Return the posts of the feed above `after`, the lowest id first.

        Raises:
            Interrupted: There are more than MOST_RESUMED.
        """
        missed = await self._storage.feed.above(viewer, after, most=MOST_RESUMED)
        if missed is None:
            raise Interrupted
        return [Arrival(self._storage, event.id, record=event) for event in missed]

    # -- publishing ---------------------------------------------------------------------------------------------------

    async def _write_and_publish(
        self,
        write: Coroutine[Any, Any, T],
        describe: Callable[[T], Announcement | None],
        notifies: Callable[[T], Iterable[int]],
    ) -> T:
        began = monotonic()
        try:
            outcome = await write
        except BaseException:  # the write may have been stored even so
            self._publisher.miss(began)
            self._gaps.note(began)
            raise
        if announcement := describe(outcome):
            self._publisher.put(announcement)
            self._hear(announcement)
        self._signals.notify(notifies(outcome))
        return outcome

    # -- listening ----------------------------------------------------------------------------------------------------

    def _hear(self, announcement: Announcement) -> None:
        match announcement:
            case PostMade(post=number, author=author) | RepostMade(repost=number, author=author):
                self._subscribers.arrive(post=number, author=author)
            case PostRemoved(post=post, author=author, reposters=reposters):
                self._subscribers.remove(PostGone(post), of={author, *reposters})
            case RepostUndone(repost=repost, author=author):
                self._subscribers.remove(RepostGone(repost), of={author})
            case FollowChanged(follower=follower, followee=followee, edge=edge, known=known):
                if viewer := self._subscribers.find_viewer(follower):
                    self._subscribers.change(viewer, followee, edge=edge, known=known)
                    self._followees.read_soon(viewer)
            case RelationsChanged(accounts=accounts):
                for account in accounts:
                    self._subscribers.start_anew(account)
                self._signals.hear(accounts)
            case AccountsNotified(accounts=accounts):
                self._signals.hear(accounts)
            case SessionEnded(user=user):
                if subscribers := self._of_viewer(user):
                    self._begin(self._end_without_session(subscribers))

    def _recheck(self, since: float) -> None:
        """Reread follows and sessions: changes since that time may be missed. Removals are not looked for."""
        self._subscribers.make_stale()
        self._followees.reread(since)
        self._signals.hear_all()
        self._begin(self._end_without_session(self._all()))

    def _interrupt(self) -> None:
        """Interrupt all subscriptions: some events may have been missed, or this process stops."""
        self._subscribers.interrupt()
        self._signals.interrupt()

    def _of_viewer(self, viewer: int) -> list[Subscriber | SignalSubscriber]:
        return [*self._subscribers.of_viewer(viewer), *self._signals.of_viewer(viewer)]

    def _all(self) -> list[Subscriber | SignalSubscriber]:
        return [*self._subscribers, *self._signals]

    # -- what ends without an announcement -----------------------------------------------------------------------------

    async def _watch_times(self) -> None:
        """End subscriptions whose session has ended, and begin those anew that lack the account of a mute's end."""
        while True:
            await asyncio.sleep(self._pace.check_sessions_every_s)
            await self._end_without_session(self._all())
            deleted_until = datetime.now(UTC) - MUTE_DELETED_WITHIN
            for viewer in self._subscribers.viewers():
                if viewer.mute_ends and viewer.mute_ends <= deleted_until:
                    self._subscribers.start_anew(viewer.number)

    async def _end_without_session(self, subscribers: Collection[Subscriber | SignalSubscriber]) -> None:
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
