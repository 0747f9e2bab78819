"""Publishes announcements to all web processes from a background task. Requests never wait for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from math import inf
from time import monotonic

import structlog

from compat.asyncio import stop
from domain.announcements import Alive, Announcement, Farewell, Gap
from storage import ChannelLost
from storage.redis.announcements import Announcements

WAITING_LIMIT = 10_000
MOST_LATE_S = 10.0  # an announcement that waited longer is dropped and counts as a gap
BATCH = 100
AGAIN_AFTER_S = 0.5
FLUSH_WITHIN_S = 1.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class QueuedAnnouncement:
    announcement: Announcement
    since: float  # by the monotonic clock


class EventPublisher:
    """Publishes announcements in order. If it had to drop some, it announces a gap as soon as it can.

    It publishes a keep-alive at least every `alive_every_s` seconds, and a farewell at the end. A process that falls
    silent without a farewell has died, perhaps with unpublished announcements.
    """

    def __init__(self, announcements: Announcements, *, name: str, alive_every_s: float) -> None:
        self._name = name
        self._announcements = announcements
        self._alive_every_s = alive_every_s
        self._waiting: asyncio.Queue[QueuedAnnouncement] = asyncio.Queue(WAITING_LIMIT)
        self._missed_since = inf

    def put(self, announcement: Announcement) -> None:
        """Queue the announcement. Returns at once."""
        now = monotonic()
        try:
            self._waiting.put_nowait(QueuedAnnouncement(announcement, now))
        except asyncio.QueueFull:
            self.miss(now)

    def miss(self, since: float) -> None:
        """Note that events since that time may stay unannounced."""
        self._missed_since = min(self._missed_since, since)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Publish inside the block.

        If Redis answers, a keep-alive is sent before the block and all the rest after it.
        """
        await self._say([_now(Alive())])
        speaking = asyncio.create_task(self._speak())
        try:
            yield
        finally:
            await stop(speaking)
            with suppress(TimeoutError):
                async with asyncio.timeout(FLUSH_WITHIN_S):
                    await self._say([*self._take_queued(WAITING_LIMIT), _now(Farewell())])

    async def _speak(self) -> None:
        while True:
            try:
                if await self._say(await self._next_batch()):
                    continue
            except Exception:  # after any error, publishing must go on
                log.exception("announcements.failed")
            await asyncio.sleep(AGAIN_AFTER_S)

    async def _next_batch(self) -> list[QueuedAnnouncement]:
        try:
            async with asyncio.timeout(AGAIN_AFTER_S if self._missed_since < inf else self._alive_every_s):
                return [await self._waiting.get(), *self._take_queued(BATCH - 1)]
        except TimeoutError:
            return [_now(Alive())]

    def _take_queued(self, most: int) -> list[QueuedAnnouncement]:
        return [self._waiting.get_nowait() for _ in range(min(most, self._waiting.qsize()))]

    async def _say(self, batch: list[QueuedAnnouncement]) -> bool:
        """Send the batch and return whether Redis has accepted it."""
        now = monotonic()
        for late in (waiting for waiting in batch if now - waiting.since > MOST_LATE_S):
            self.miss(late.since)
        told = [waiting.announcement for waiting in batch if now - waiting.since <= MOST_LATE_S]
        missed_since, self._missed_since = self._missed_since, inf
        gap = [Gap(_age_ms(missed_since))] if missed_since < inf else []
        is_said = False
        try:
            await self._announcements.send(self._name, gap + (told or [Alive()]))
            is_said = True
        except ChannelLost as lost:
            if not gap:
                log.warning("announcements.missed", error=str(lost))
        finally:  # also after a cancellation
            if not is_said:
                self.miss(min([missed_since, *(waiting.since for waiting in batch)]))
        return is_said


def _now(announcement: Announcement) -> QueuedAnnouncement:
    return QueuedAnnouncement(announcement, monotonic())


def _age_ms(since: float) -> int:
    return round(1000 * (monotonic() - since)) + 1
