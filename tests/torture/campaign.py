"""Injects the faults of a run on two independent fronts, at random moments during fan-outs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from functools import partial
from random import Random
from subprocess import Popen
from time import monotonic
from typing import TypeVar

from storage import DatabaseError, Storage
from tests.torture.books import Diary
from tests.torture.cluster import Cluster
from tests.torture.faults import Fault

LONGEST_FAULT_S = 2.0
AMID_WITHIN_S = 2.0
SUPERVISED_EVERY_S = 0.5

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
        self.restarted: list[str] = []

    async def wage(self, faults: Sequence[Fault], dice: Random, *, until: float) -> None:
        """Inject each fault once in random order, then again until the deadline."""
        while faults:  # ends: at `until`, after each fault once
            for fault in dice.sample(faults, len(faults)):
                await asyncio.sleep(dice.uniform(0.2, self._calm_s))
                await self._amid_a_fan_out()
                await self._inflict(fault, dice)
                if monotonic() > until and all(self._was_inflicted(each) for each in faults):
                    return

    async def supervise(self) -> None:
        """Restart processes that ended without being killed by a fault, like a supervisor. Runs until cancelled.

        For example, Celery's worker ends if one of its children is killed before all have started.
        """
        stack = self._cluster.stack
        while True:  # ends: the campaign cancels it
            await asyncio.sleep(SUPERVISED_EVERY_S)
            for name, child in list(stack.running.items()):
                if child.poll() is not None:
                    self.restarted.append(f"{name}: exit status {child.poll()}")
                    await self._blocking(partial(self._start_again, name, child))

    def _start_again(self, name: str, ended: Popen[bytes]) -> None:
        if self._cluster.stack.running.get(name) is ended:  # otherwise a fault has replaced it, and repairs it itself
            self._cluster.stack.start(name)

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
                while not await self._storage.feed.ledgers.count_in_flight(limit=1):
                    await asyncio.sleep(0.005)

    def _was_inflicted(self, fault: Fault) -> bool:
        return any(window.fault == fault.name for window in self._diary.windows)

    def _blocking(self, call: Callable[[], Result]) -> Awaitable[Result]:
        # The executor's own threads and no others: a server ends when the thread that started it does.
        return asyncio.get_running_loop().run_in_executor(self._executor, call)
