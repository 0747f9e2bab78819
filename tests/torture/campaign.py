"""The faults of a run, one after another on each of two fronts, at random moments in the middle of fan-outs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from random import Random
from time import monotonic
from typing import TypeVar

from storage import DatabaseError, Storage
from tests.torture.books import Diary
from tests.torture.cluster import Cluster
from tests.torture.faults import Fault

LONGEST_FAULT_S = 2.0
AMID_WITHIN_S = 2.0
UNRECOVERABLE = "Unrecoverable error"  # as Celery logs it

Say = Callable[[str], None]
Result = TypeVar("Result")


class Campaign:
    def __init__(
        self, cluster: Cluster, storage: Storage, diary: Diary, executor: Executor, *, say: Say, calm_s: float
    ) -> None:
        self._cluster = cluster
        self._storage = storage
        self._diary = diary
        self._executor = executor
        self._say = say
        self._calm_s = calm_s

    async def wage(self, faults: Sequence[Fault], dice: Random, *, until: float) -> None:
        """Each fault once, in random order; then again, until that moment has come."""
        while faults:
            for fault in dice.sample(faults, len(faults)):
                await asyncio.sleep(dice.uniform(0.2, self._calm_s))
                await self._amid_a_fan_out()
                await self._inflict(fault, dice)
                if monotonic() > until and all(self._was_inflicted(each) for each in faults):
                    return

    def gave_up(self) -> list[str]:
        """Processes that have ended though nobody killed them, or have said that they cannot go on."""
        stack = self._cluster.stack
        ended = [
            f"{name}: exit status {child.poll()}" for name, child in stack.running.items() if child.poll() is not None
        ]
        return ended + [f"{name}: an unrecoverable error" for name in stack.running if UNRECOVERABLE in stack.log(name)]

    async def _inflict(self, fault: Fault, dice: Random) -> None:
        self._say(fault.name)
        self._diary.begin(fault.name)
        mend = await self._blocking(lambda: fault.inflict(self._cluster, dice))
        await asyncio.sleep(dice.uniform(0, LONGEST_FAULT_S))
        await self._blocking(mend)
        self._diary.end(fault.name)

    async def _amid_a_fan_out(self) -> None:
        with suppress(DatabaseError, TimeoutError):
            async with asyncio.timeout(AMID_WITHIN_S):
                while not await self._storage.ledgers.count(limit=1):
                    await asyncio.sleep(0.005)

    def _was_inflicted(self, fault: Fault) -> bool:
        return any(window.fault == fault.name for window in self._diary.windows)

    def _blocking(self, call: Callable[[], Result]) -> Awaitable[Result]:
        # The executor's own threads and no others: a server ends when the thread that started it does.
        return asyncio.get_running_loop().run_in_executor(self._executor, call)
