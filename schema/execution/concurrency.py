"""Turns at what keeps the process busy, so that cheap requests wait behind little of it.

Addresses are served round robin, and so are the accounts of one address: a caller who sends much waits behind itself.
An address comes first because anybody may register many accounts, but has few addresses. Everybody behind one NAT
shares that address's part of a busy process; nobody there is shut out.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from domain.errors import RateLimited
from schema.execution.deadline import TookTooLong
from schema.execution.queues import Full, Queues

AGAIN_AFTER_S = 1  # is told to a caller with too many requests that wait


class NoTurn(TookTooLong):
    """Nothing has been begun."""

    def __init__(self, seconds: float) -> None:
        Exception.__init__(self, f"The server is busy: this had no turn within {seconds:g} seconds. Try again later.")


class TooManyWaiting(RateLimited):
    """Refused at once, or to make room for a caller with fewer requests that wait."""

    def __init__(self) -> None:
        self.retry_after = AGAIN_AFTER_S
        Exception.__init__(self, f"Too many requests wait for their turn: try again in {AGAIN_AFTER_S} s.")


class Waiter(NamedTuple):
    address: str
    account: int | None


class ConcurrencyLimiter:
    """`at_once` are taken at the same time. `rest` is the pause after each, as a multiple of the time it took.

    At most `waiting` requests wait, and `waiting_of_one` of one account (or of all who are anonymous) at one address.
    """

    def __init__(self, at_once: int, *, rest: float, waiting_of_one: int, waiting: int) -> None:
        self._free = at_once
        self._rest = rest
        self._queues: Queues[asyncio.Future[bool]] = Queues(of_one=waiting_of_one, in_all=waiting)

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._queues)

    @asynccontextmanager
    async def turn(self, waiter: Waiter, within_s: float) -> AsyncIterator[None]:
        """Raises: NoTurn, TooManyWaiting."""
        end = await self.take(waiter, within_s)
        try:
            yield
        finally:
            end()

    async def take(self, waiter: Waiter, within_s: float) -> Callable[[], None]:
        """Return once the turn has come. The caller has to call the result once, when it is over.

        Raises: NoTurn, TooManyWaiting.
        """
        if self._free:
            self._free -= 1
        else:
            await self._wait(waiter, within_s)
        loop = asyncio.get_running_loop()
        began = loop.time()

        def end() -> None:
            loop.call_later(self._rest * (loop.time() - began), self._pass_on)

        return end

    async def _wait(self, waiter: Waiter, within_s: float) -> None:
        """Returns once a turn has been passed on to this request."""
        passed_on: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        try:
            displaced = self._queues.join(*waiter, passed_on)
        except Full:
            raise TooManyWaiting from None
        if displaced is not None and not displaced.done():
            displaced.set_result(False)
        try:
            async with asyncio.timeout(within_s):
                has_turn = await passed_on
        except (TimeoutError, asyncio.CancelledError) as error:
            if not self._queues.leave(*waiter, passed_on) and not passed_on.cancelled() and passed_on.result():
                self._pass_on()  # the turn had come, and nobody takes it
            if isinstance(error, TimeoutError):
                raise NoTurn(within_s) from None
            raise
        if not has_turn:
            raise TooManyWaiting

    def _pass_on(self) -> None:
        """Gives a turn that has ended to the next request, if one waits."""
        while (waiting := self._queues.pop()) is not None:
            if not waiting.done():
                waiting.set_result(True)
                return
        self._free += 1
