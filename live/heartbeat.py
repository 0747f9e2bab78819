"""Writes heartbeats to MongoDB, and detects live processes whose announcements do not arrive.

Processes hear each other if they use the same Redis server. A process that is alive and not heard uses another server
or cannot reach it. Until it is heard, its posts are read from the database.
"""

import asyncio
import os
import random
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from time import monotonic

import structlog

from compat.asyncio import finish
from storage import DatabaseError, Storage
from storage.presence import ProcessPresence

BEAT_WITHIN_S = 5.0
LEAVE_WITHIN_S = 1.0

log = structlog.get_logger()


@dataclass(slots=True)
class Clocks:
    """The clocks of all processes.

    `slowest_s` is how far the slowest one is behind that of this process, in seconds.
    """

    slowest_s: float = 0.0

    def compare(self, own: ProcessPresence, others: list[ProcessPresence]) -> None:
        self.slowest_s = max([0.0, *(other.lag_s - own.lag_s for other in others)])


@dataclass(slots=True)
class OtherProcess:
    """Another web process.

    This process knows all its events up to `complete_until`. `unheard_since` is the time since which it is alive but
    not heard, or None if it is heard. `is_said` tells whether that has been logged.
    """

    beats: int
    complete_until: float
    unheard_since: float | None = None
    is_said: bool = False


class Heartbeat:
    """Writes heartbeats and compares them with the announcements heard.

    `last_heard` returns the time at which a process was last heard. `is_listening` tells whether this process can hear
    others. `miss` is called with the start of a possible gap.
    """

    def __init__(
        self,
        storage: Storage,
        *,
        name: str,
        clocks: Clocks,
        last_heard: Callable[[str], float | None],
        is_listening: Callable[[], bool],
        miss: Callable[[float], None],
        every_s: float,
        silence_s: float,
    ) -> None:
        self._storage = storage
        self._name = name
        self._place = f"{socket.gethostname()}:{os.getpid()}"
        self._clocks = clocks
        self._last_heard = last_heard
        self._is_listening = is_listening
        self._miss = miss
        self._every_s = every_s
        self._silence_s = silence_s
        self._ends = asyncio.Event()
        self._began = monotonic()
        self._others: dict[str, OtherProcess] = {}

    @asynccontextmanager
    async def beating(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self._ends.set()
            await finish(task, within_s=LEAVE_WITHIN_S)
            with suppress(DatabaseError, TimeoutError):
                async with asyncio.timeout(LEAVE_WITHIN_S):
                    await self._storage.presence.remove(self._name)

    async def _run(self) -> None:
        while not self._ends.is_set():
            try:
                async with asyncio.timeout(BEAT_WITHIN_S):
                    redis = await self._storage.redis.run_id()
                    present = await self._storage.presence.beat(self._name, place=self._place, redis=redis)
                self.look(present, redis=redis)
            except (DatabaseError, TimeoutError) as error:
                log.warning("mongodb.away", error=type(error).__name__)
            except Exception:  # after any error, the next heartbeat must follow
                log.exception("heartbeat.failed")
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every_s * random.uniform(0.8, 1.2)):  # noqa: S311  # no secret
                    await self._ends.wait()

    def look(self, present: Mapping[str, ProcessPresence], *, redis: str) -> None:
        others = {name: process for name, process in present.items() if name != self._name}
        if own := present.get(self._name):
            self._clocks.compare(own, list(others.values()))
        for name, other in self._others.items():
            if name not in others and other.unheard_since is not None:
                self._miss(other.complete_until)
        now = monotonic()
        self._others = {
            name: self._others.get(name) or OtherProcess(process.beats, max(self._began, now - process.age_s))
            for name, process in others.items()
        }
        for name, process in others.items():
            self._look_at(self._others[name], process, redis=redis)

    def _look_at(self, other: OtherProcess, process: ProcessPresence, *, redis: str) -> None:
        now = monotonic()
        is_alive, other.beats = process.beats > other.beats, process.beats
        heard_at = self._last_heard(process.process)
        if not self._is_listening():
            heard_at = now  # everything is read from the database meanwhile
        if heard_at is not None and now - heard_at < self._silence_s:
            if other.unheard_since is not None:
                self._miss(other.complete_until)  # its last announcements before it was heard again
                if other.is_said:
                    log.info("live.process_heard", process=process.place)
            other.complete_until, other.unheard_since, other.is_said = heard_at, None, False
        elif is_alive and other.unheard_since is None:
            other.unheard_since = now
        elif other.unheard_since is not None and now - other.unheard_since > self._silence_s:
            if is_alive and not other.is_said:
                log.warning(
                    "live.process_not_heard",
                    process=process.place,
                    its_redis=process.redis or "unreachable",
                    redis=redis or "unreachable",
                    remedy="give all web processes the same REDIS_URL, and see that each can reach it",
                )
                other.is_said = True
            self._miss(other.complete_until)
            other.complete_until = now
