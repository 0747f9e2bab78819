"""Shares one result among concurrent callers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Coalesced(Generic[T]):
    """Calls `ask` at most once in `fresh_for_s` seconds, and never concurrently. All callers share its result."""

    def __init__(self, ask: Callable[[], Awaitable[T]], *, fresh_for_s: float) -> None:
        self._ask = ask
        self._fresh_for_s = fresh_for_s
        self._asked: asyncio.Task[T] | None = None
        self._ended_at = 0.0

    async def get(self) -> T:
        """Return the shared result.

        Raises:
            Exception: The error that `ask` has raised. Errors are not cached.
        """
        if self._asked is None or (self._asked.done() and not self._is_fresh(self._asked)):
            self._asked = asyncio.create_task(self._call())
        return await asyncio.shield(self._asked)

    def _is_fresh(self, asked: "asyncio.Task[T]") -> bool:
        is_right = not asked.cancelled() and asked.exception() is None
        return is_right and asyncio.get_running_loop().time() < self._ended_at + self._fresh_for_s

    async def _call(self) -> T:
        try:
            return await self._ask()
        finally:
            self._ended_at = asyncio.get_running_loop().time()
