"""Lookups by key, made in one command where many are wanted at once.

Who wants one while another is under way waits for it, and is then looked up with all others who wait. Each lookup
begins after it was asked for, so nothing is older than the question: this is no cache. A command costs this process
several hundred microseconds and a further key in it a few; the busier the process is, the more keys share one.
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
        """Errors: those of the lookup that it was made in."""
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
                future.exception()  # whoever asked may have gone
        else:
            for key, future in wanted.items():
                future.set_result(found.get(key))
        finally:
            for future in wanted.values():
                future.cancel()  # where this was cancelled; done ones stay as they are
