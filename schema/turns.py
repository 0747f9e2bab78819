"""What keeps the process busy waits for its turn, so that what does not waits behind little of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from schema.deadline import TookTooLong


class NoTurn(TookTooLong):
    """Nothing has been begun."""

    def __init__(self, seconds: float) -> None:
        Exception.__init__(self, f"The server is busy: this had no turn within {seconds:g} seconds. Try again later.")


class Turns:
    """`at_once` are taken at the same time. `rest` is the pause after each, as a multiple of the time it took."""

    def __init__(self, at_once: int, *, rest: float) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._rest = rest

    @asynccontextmanager
    async def turn(self, *, within_s: float) -> AsyncIterator[None]:
        """Errors: NoTurn."""
        try:
            async with asyncio.timeout(within_s):
                await self._free.acquire()
        except TimeoutError:
            raise NoTurn(within_s) from None
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            yield
        finally:
            loop.call_later(self._rest * (loop.time() - began), self._free.release)
