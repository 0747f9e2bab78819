"""Tells every web process what has happened. Nobody waits for it, and it waits for nobody but Redis."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from domain.announcements import Alive, Announcement, Farewell, Gap
from resolvers.background import stop
from storage import ChannelLost
from storage.announcements import Announcements

WAITING_LIMIT = 10_000
BATCH = 100
AGAIN_AFTER_S = 0.5
FLUSH_WITHIN_S = 1.0

log = structlog.get_logger()


class Announcer:
    """Says all it is told, in that order; or, as soon as it can, that there is a gap.

    It says something every `alive_every_s` at least, and farewell at the end. One that falls silent without has died,
    perhaps with something untold.
    """

    def __init__(self, announcements: Announcements, *, alive_every_s: float) -> None:
        self._name = secrets.token_hex(8)
        self._announcements = announcements
        self._alive_every_s = alive_every_s
        self._waiting: asyncio.Queue[Announcement] = asyncio.Queue(WAITING_LIMIT)
        self._has_missed = False

    def put(self, announcement: Announcement) -> None:
        """Returns at once."""
        try:
            self._waiting.put_nowait(announcement)
        except asyncio.QueueFull:
            self._has_missed = True

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """If Redis answers, it is known from the first line of the block on; after the last, nothing is left to say."""
        await self._say([Alive()])
        speaking = asyncio.create_task(self._speak())
        try:
            yield
        finally:
            await stop(speaking)
            with suppress(TimeoutError):
                async with asyncio.timeout(FLUSH_WITHIN_S):
                    await self._say([*self._take(WAITING_LIMIT), Farewell()])

    async def _speak(self) -> None:
        while True:
            try:
                if await self._say(await self._next_batch()):
                    continue
            except Exception:  # whatever it is, what happens must be told
                log.exception("announcements.failed")
            await asyncio.sleep(AGAIN_AFTER_S)

    async def _next_batch(self) -> list[Announcement]:
        try:
            async with asyncio.timeout(AGAIN_AFTER_S if self._has_missed else self._alive_every_s):
                return [await self._waiting.get(), *self._take(BATCH - 1)]
        except TimeoutError:
            return [Alive()]

    def _take(self, most: int) -> list[Announcement]:
        return [self._waiting.get_nowait() for _ in range(min(most, self._waiting.qsize()))]

    async def _say(self, batch: list[Announcement]) -> bool:
        """Whether Redis has taken it."""
        gap = [Gap()] if self._has_missed else []
        self._has_missed = False
        is_said = False
        try:
            await self._announcements.send(self._name, gap + batch)
            is_said = True
        except ChannelLost as lost:
            if not gap:
                log.warning("announcements.missed", error=str(lost))
        finally:  # where it is cancelled, too
            self._has_missed = self._has_missed or not is_said
        return is_said
