"""Limits how many expensive operations run at once, so that cheap requests are answered soon.

Addresses are served round robin, and so are the accounts of one address. A caller with many requests waits for its own.
Addresses come first, because a person can register many accounts but has few addresses. All callers behind one NAT
share the turns of its address.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from domain.errors import RateLimited
from schema.execution.deadline import TookTooLong
from schema.execution.queues import Full, Queues

AGAIN_AFTER_S = 1  # the retry delay for a caller with too many waiting requests


class NoTurn(TookTooLong):
    """The operation waited too long and was not begun."""

    def __init__(self, seconds: float) -> None:
        Exception.__init__(self, f"The server is busy: this had no turn within {seconds:g} seconds. Try again later.")


class TooManyWaiting(RateLimited):
    """The request was refused at once, or dropped to make room for a caller with fewer waiting requests."""

    def __init__(self) -> None:
        self.retry_after = AGAIN_AFTER_S
        Exception.__init__(self, f"Too many requests wait for their turn: try again in {AGAIN_AFTER_S} s.")


class Waiter(NamedTuple):
    address: str
    account: int | None


class ConcurrencyLimiter:
    """Gives `at_once` concurrent turns. After each turn it pauses for `rest` times the duration of the turn.

    At most `waiting` requests wait, and `waiting_of_one` of one account (or of all anonymous callers) at one address.
    """

    def __init__(self, at_once: int, *, rest: float, waiting_of_one: int, waiting: int) -> None:
        self._free = at_once
        self._rest = rest
        self._queues: Queues[asyncio.Future[bool]] = Queues(of_one=waiting_of_one, in_all=waiting)

    @property
    def waiting(self) -> int:
        """The number of waiting requests."""
        return len(self._queues)

    @asynccontextmanager
    async def turn(self, waiter: Waiter, within_s: float) -> AsyncIterator[None]:
        """Wait for a turn and hold it during the context.

        Raises:
            NoTurn: No turn came within `within_s` seconds.
            TooManyWaiting: Too many requests wait.
        """
        end = await self.take(waiter, within_s)
        try:
            yield
        finally:
            end()

    async def take(self, waiter: Waiter, within_s: float) -> Callable[[], None]:
        """Wait for a turn. Return the function that ends it, which the caller must call once.

        Raises:
            NoTurn: No turn came within `within_s` seconds.
            TooManyWaiting: Too many requests wait.
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
        """Wait until a turn is passed on to this request.

        Raises:
            NoTurn: No turn came within `within_s` seconds.
            TooManyWaiting: Too many requests wait.
        """  # noqa: DOC501  # a re-raised CancelledError
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
                self._pass_on()  # the turn had come, but this request does not use it
            if isinstance(error, TimeoutError):
                raise NoTurn(within_s) from None
            raise
        if not has_turn:
            raise TooManyWaiting

    def _pass_on(self) -> None:
        """Give a turn that has ended to the next request, if one waits."""
        while (waiting := self._queues.pop()) is not None:
            if not waiting.done():
                waiting.set_result(True)
                return
        self._free += 1
