"""Listens to announcements of other web processes and detects missed ones."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from time import monotonic

import structlog

from compat.asyncio import stop
from domain.announcements import NOT_SENT, Announcement, Farewell, Gap
from live.gaps import Gaps
from live.publisher import AGAIN_AFTER_S
from storage import ChannelLost
from storage.redis.announcements import Announcements, Heard

LISTEN_WITHIN_S = 1.0
LOOKS_PER_SILENCE = 15  # checks for silent processes in each `silence_s`, instead of one for each announcement

log = structlog.get_logger()


class Listener:
    """Passes announcements of other processes to `hear`.

    It notes a gap if Redis was away, if a process announces one, or if a process is silent for `silence_s` seconds. In
    the last case, the gap begins when that process was last heard.
    """

    def __init__(
        self,
        announcements: Announcements,
        *,
        name: str,
        hear: Callable[[Announcement], None],
        gaps: Gaps,
        silence_s: float,
    ) -> None:
        self._announcements = announcements
        self._name = name
        self._hear = hear
        self._gaps = gaps
        self._silence_s = silence_s
        self._listening = asyncio.Event()
        self._began = self._last_heard = monotonic()  # `_last_heard`: the last announcement of any process
        self._looked_at = 0.0
        self._heard_at: dict[str, float] = {}

    @property
    def is_listening(self) -> bool:
        return self._listening.is_set()

    def last_heard(self, sender: str) -> float | None:
        """Return the monotonic time at which the process was last heard.

        None if it is unknown, has ended or is silent.
        """
        return self._heard_at.get(sender)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen inside the block, from its start on if Redis answers within LISTEN_WITHIN_S."""
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
            except Exception:  # after any error, listening must go on
                log.exception("announcements.failed")
            if self.is_listening:
                self._listening.clear()
                self._gaps.lose(self._last_heard)
            await asyncio.sleep(AGAIN_AFTER_S)

    async def _listen(self) -> None:
        async with self._announcements.listening(silence_s=self._silence_s) as heard:
            self._heard_at = dict.fromkeys(self._heard_at, monotonic())
            self._last_heard = monotonic()
            self._listening.set()
            self._gaps.resume()
            async for each in heard:
                self._handle(each)

    def _handle(self, heard: Heard) -> None:
        now = monotonic()
        for announcement in heard.announcements:
            if isinstance(announcement, Gap):
                self._note_gap(announcement, heard.sender, now)
            elif heard.sender != self._name:  # this process knows its own events
                self._hear(announcement)
        self._last_heard = self._heard_at[heard.sender] = now
        if Farewell() in heard.announcements:
            del self._heard_at[heard.sender]
        if now - self._looked_at > self._silence_s / LOOKS_PER_SILENCE:
            self._looked_at = now
            self._miss_silent(now)

    def _miss_silent(self, now: float) -> None:
        for sender, at in list(self._heard_at.items()):
            if now - at > self._silence_s:
                log.warning("announcements.silence", sender=sender)
                del self._heard_at[sender]
                self._gaps.note(at)

    def _note_gap(self, gap: Gap, sender: str, now: float) -> None:
        if gap.age_ms == NOT_SENT:  # a version that does not send the start
            self._gaps.note(self._heard_at.get(sender, self._began))
        else:
            self._gaps.note(now - gap.age_ms / 1000)
