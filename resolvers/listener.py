"""Listens to what the web processes tell each other, and knows when something may have gone unheard."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic

import structlog

from domain.announcements import Announcement, Farewell, Gap
from resolvers.announcer import AGAIN_AFTER_S
from resolvers.background import stop
from storage import ChannelLost
from storage.announcements import Announcements, Heard

LISTEN_WITHIN_S = 1.0

log = structlog.get_logger()


class Listener:
    """Hands on each announcement to `hear`: a Gap, too, where Redis was away, or a voice not heard for `silence_s`."""

    def __init__(self, announcements: Announcements, *, hear: Callable[[Announcement], None], silence_s: float) -> None:
        self._announcements = announcements
        self._hear = hear
        self._silence_s = silence_s
        self._listening = asyncio.Event()
        self._heard_at: dict[str, float] = {}

    @property
    def is_listening(self) -> bool:
        return self._listening.is_set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """In the block it listens, if Redis answers within LISTEN_WITHIN_S."""
        task = asyncio.create_task(self._run())
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(LISTEN_WITHIN_S):
                    await self._listening.wait()
            yield
        finally:
            await stop(task)

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except ChannelLost as lost:
                if self.is_listening:
                    log.warning("announcements.lost", error=str(lost))
            except Exception:  # whatever it is, listening must go on
                log.exception("announcements.failed")
            self._listening.clear()
            self._hear(Gap())
            await asyncio.sleep(AGAIN_AFTER_S)

    async def _listen(self) -> None:
        async with self._announcements.listening(silence_s=self._silence_s) as heard:
            self._heard_at = dict.fromkeys(self._heard_at, monotonic())
            self._listening.set()
            async for each in heard:
                self._take(each)

    def _take(self, heard: Heard) -> None:
        for announcement in heard.announcements:
            self._hear(announcement)
        now = monotonic()
        self._heard_at[heard.sender] = now
        if Farewell() in heard.announcements:
            del self._heard_at[heard.sender]
        for sender in [sender for sender, at in self._heard_at.items() if now - at > self._silence_s]:
            log.warning("announcements.silence", sender=sender)
            del self._heard_at[sender]
            self._hear(Gap())
