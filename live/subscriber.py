"""One subscription: when it began, and what waits for it."""

import asyncio
from dataclasses import dataclass, field

from domain.errors import Interrupted
from live.arrival import Arrival

WAITING_LIMIT = 256  # arrivals that a subscriber has not taken yet


@dataclass(slots=True, kw_only=True, eq=False)
class Subscriber:
    """A subscription that began when the audience was at the place `since`.

    `caught_up`: the place at which it got what had come by then; 0 before.
    """

    viewer: int
    token: str = field(repr=False)
    since: int
    caught_up: int = 0
    _waiting: list[Arrival] = field(default_factory=list)  # not a deque: an empty one takes 600 bytes
    _taking: asyncio.Future[None] | None = None
    _ended: Exception | None = None

    @property
    def waiting(self) -> int:
        """How many arrivals can be taken at once."""
        return len(self._waiting)

    def put(self, arrival: Arrival) -> None:
        """Errors: Interrupted if WAITING_LIMIT arrivals have not been taken."""
        if self._ended:
            return
        if len(self._waiting) == WAITING_LIMIT:
            raise Interrupted
        self._waiting.append(arrival)
        self._wake()

    def end(self, reason: Exception) -> None:
        """Raise the reason from now on, whatever is waiting."""
        self._ended = self._ended or reason
        self._waiting.clear()
        self._wake()

    async def take(self) -> Arrival:
        """The next arrival. Errors: the reason why there is none."""
        while not self._waiting and not self._ended:
            self._taking = asyncio.get_running_loop().create_future()
            await self._taking
        if self._ended:
            raise self._ended
        return self._waiting.pop(0)

    def raise_if_ended(self) -> None:
        """Errors: the reason, if the subscription has ended."""
        if self._ended:
            raise self._ended

    def _wake(self) -> None:
        if self._taking and not self._taking.done():
            self._taking.set_result(None)
