"""Closes gaps: reads posts that this process may have missed from the database, once for all subscriptions.

A read begins MARGIN_S before the start of the gap, by the slowest known clock, because an id holds the time of the
process that drew it. The margin covers the time from drawing an id to storing and announcing the post, and the drift of
clocks since the last heartbeat. `Subscribers` delivers a post once, even if it arrives both ways.

While the process does not listen, it polls. If it cannot close a gap, it interrupts its subscriptions.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from time import monotonic

import structlog

from compat.asyncio import finish, stop
from domain.ids import first_id_at
from live.heartbeat import Clocks
from live.subscribers import Subscribers
from storage.posts import Posts

MARGIN_S = 60.0
MOST_READ = 10_000  # posts: half of what RecentArrivals remembers, so that posts heard before are recognised
READ_WITHIN_S = 10.0
START_WITHIN_S = 1.0
LEAVE_WITHIN_S = 1.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPace:
    """The timing of reads, in seconds.

    A read waits a random time up to `spread_s`, so that many processes do not read at once. `pause_s` separates two
    reads. `follows_pause_s` and `follows_every_s` separate two rereads of followees: the former while the process
    listens, the latter while it does not. A closed gap is read again after `again_after_s`, for writes of a dead
    process that MongoDB had not stored yet.
    """

    spread_s: float = 2.0
    pause_s: float = 1.0
    poll_every_s: float = 5.0
    again_after_s: float = 15.0
    give_up_after_s: float = 60.0
    follows_pause_s: float = 10.0
    follows_every_s: float = 60.0


class GapTooWide(Exception):
    """The gap has more posts than one read returns."""


class Gaps:
    """Notes gaps and closes them.

    After a gap, it calls `recheck` with the start of possibly missed follows and sessions. If it cannot close the gap,
    it calls `give_up`, which interrupts the subscriptions.
    """

    def __init__(
        self,
        posts: Posts,
        subscribers: Subscribers,
        *,
        clocks: Clocks,
        recheck: Callable[[float], None],
        give_up: Callable[[], None],
        pace: GapPace,
    ) -> None:
        self._posts = posts
        self._subscribers = subscribers
        self._clocks = clocks
        self._recheck = recheck
        self._interrupt_all = give_up
        self._pace = pace
        self._since = inf  # start of the open gap by the monotonic clock; inf if there is none
        self._is_last_look = True
        self._is_listening = False
        self._noted = asyncio.Event()
        self._ready = asyncio.Event()
        self._failing_since: float | None = None
        self._read_at = 0.0  # start of the last successful read
        self._follows_since = inf  # known follows may be stale since then; inf if they are not
        self._follows_read_at = -inf
        self._reading: set[asyncio.Task[list[tuple[int, int]]]] = set()
        self._timers: set[asyncio.TimerHandle] = set()

    @property
    def is_ready(self) -> bool:
        """Whether a subscription that begins now misses nothing."""
        return self._ready.is_set()

    @asynccontextmanager
    async def closing(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._run())
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(START_WITHIN_S):
                    await self._ready.wait()
            yield
        finally:
            await stop(task)
            await finish(*self._reading, within_s=LEAVE_WITHIN_S)
            for timer in self._timers:
                timer.cancel()

    def note(self, since: float, *, is_last_look: bool = False) -> None:
        """Note that events since that time may be missed. Returns at once."""
        self._since = min(self._since, since)
        self._is_last_look = self._is_last_look and is_last_look
        self._noted.set()

    def lose(self, since: float) -> None:
        """Note that the process has stopped listening. It has heard everything until that time."""
        self._is_listening = False
        self.note(since)

    def resume(self) -> None:
        """Note that the process listens from now on."""
        if not self._is_listening:
            self._is_listening = True
            if self._ready.is_set():
                self.note(self._read_at, is_last_look=True)

    # -- reading ------------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await self._start()
            await self._wait()
            await asyncio.sleep(random.uniform(0, self._pace.spread_s))  # noqa: S311  # no secret
            await self._close()
            await asyncio.sleep(self._pace.pause_s)

    async def _start(self) -> None:
        """Note the posts that are older than all subscriptions, so that they are not delivered later."""  # noqa: DOC501  # caught
        while not self._ready.is_set():
            begin = monotonic()
            try:
                found = await self._read(begin)
                if len(found) > MOST_READ and not self._is_listening:
                    raise GapTooWide
            except Exception as error:  # retry after any error, or no subscription could begin
                log.warning("live.not_ready", error=type(error).__name__)
                await asyncio.sleep(self._pace.poll_every_s if isinstance(error, GapTooWide) else self._pace.pause_s)
                continue
            for post, author in found[:MOST_READ]:
                self._subscribers.note_old(post=post, author=author)
            self._since, self._read_at = inf, begin
            self._noted.clear()
            self._ready.set()

    async def _wait(self) -> None:
        """Wait for a gap, or for the next poll if the process does not listen."""
        if self._is_listening:
            await self._noted.wait()
            return
        try:
            async with asyncio.timeout(self._pace.poll_every_s * random.uniform(0.8, 1.2)):  # noqa: S311  # no secret
                await self._noted.wait()
        except TimeoutError:
            self.note(self._read_at, is_last_look=True)

    async def _close(self) -> None:
        since, is_last_look, begin = self._since, self._is_last_look, monotonic()
        self._since, self._is_last_look = inf, True
        self._noted.clear()
        try:
            found = await self._read(since)
            if len(found) > MOST_READ:
                raise GapTooWide
        except GapTooWide:
            log.warning("live.gap_too_wide", seconds=round(begin - since), posts=MOST_READ)
            self._give_up()
            if not self._is_listening:  # the next read would find as many
                self._ready.clear()
        except Exception as error:  # retry after any error, since the gap is still open
            log.warning("live.gap_open", error=type(error).__name__)
            self._since, self._is_last_look = min(self._since, since), self._is_last_look and is_last_look
            self._noted.set()
            self._failing_since = self._failing_since or begin
            if begin - self._failing_since > self._pace.give_up_after_s:
                self._give_up()
        else:
            self._failing_since = None
            self._read_at = max(self._read_at, begin)
            for post, author in found:
                self._subscribers.arrive_late(post=post, author=author)
            self._look_at_follows(since)
            if not is_last_look:
                self._call_later(self._pace.again_after_s, lambda: self.note(since, is_last_look=True))

    def _look_at_follows(self, since: float) -> None:
        """Call `recheck` for follows since that time, now or after the minimum pause."""
        self._follows_since = min(self._follows_since, since)
        pause_s = self._pace.follows_pause_s if self._is_listening else self._pace.follows_every_s
        wait_s = self._follows_read_at + pause_s - monotonic()
        if wait_s > 0:
            self._call_later(wait_s, lambda: self._look_at_follows(inf))
        elif self._follows_since < inf:
            self._recheck(self._follows_since)
            self._follows_since, self._follows_read_at = inf, monotonic()

    def _call_later(self, seconds: float, call: Callable[[], None]) -> None:
        self._timers = {timer for timer in self._timers if timer.when() > asyncio.get_running_loop().time()}
        self._timers.add(asyncio.get_running_loop().call_later(seconds, call))

    def _give_up(self) -> None:
        """Interrupt all subscriptions and drop the gap. New subscriptions begin after it."""
        self._interrupt_all()
        self._failing_since = None
        self._since, self._is_last_look, self._read_at = inf, True, monotonic()

    async def _read(self, since: float) -> list[tuple[int, int]]:
        age_s = monotonic() - since + MARGIN_S + self._clocks.slowest_s
        begin = datetime.now(UTC) - timedelta(seconds=age_s)
        reading = asyncio.create_task(self._posts.stored_since(max(0, first_id_at(begin)), limit=MOST_READ + 1))
        self._reading.add(reading)
        reading.add_done_callback(self._forget_reading)
        async with asyncio.timeout(READ_WITHIN_S):
            return await asyncio.shield(reading)

    def _forget_reading(self, reading: asyncio.Task[list[tuple[int, int]]]) -> None:
        self._reading.discard(reading)
        if not reading.cancelled():
            reading.exception()  # marks it as retrieved, since the waiter may be gone
