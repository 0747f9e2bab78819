"""Batches concurrent lookups by key into one command.

A caller that comes during a lookup waits for its end. Then one command looks up the keys of all waiting callers. Every
lookup begins after its caller asked, so results are never stale: this is no cache. A command costs this process several
hundred microseconds, and each further key a few.

Kept by hand: a DataLoader collects the keys of one tick of the event loop, not those that come during a lookup.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class BatchingLoader(Generic[Key, Found]):
    def __init__(self, find: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Found]]]) -> None:
        self._find = find
        self._wanted: dict[Key, asyncio.Future[Found | None]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def find(self, key: Key) -> Found | None:
        """Return the value of the key, or None. Raises the exception of the command if it fails."""
        wanted = self._wanted.get(key)
        if wanted is None:
            wanted = self._wanted[key] = asyncio.get_running_loop().create_future()
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(wanted)  # others may wait for the same one

    async def _look(self) -> None:
        try:
            while self._wanted:
                wanted, self._wanted = self._wanted, {}
                await self._answer(wanted)
        finally:
            self._looking = None

    async def _answer(self, wanted: Mapping[Key, asyncio.Future[Found | None]]) -> None:
        try:
            found = await self._find(list(wanted))
        except Exception as error:
            for future in wanted.values():
                future.set_exception(error)
                future.exception()  # marks it as retrieved, since the caller may be cancelled
        else:
            for key, future in wanted.items():
                future.set_result(found.get(key))
        finally:
            for future in wanted.values():
                future.cancel()  # if this task is cancelled; done futures are unaffected
