"""One subscription: its start, and its queue of arrivals and removals."""

import asyncio
from dataclasses import dataclass, field

from domain.errors import Interrupted
from live.arrival import Arrival
from live.removal import Removal

WAITING_LIMIT = 256  # queued arrivals and removals of a subscriber


@dataclass(slots=True, kw_only=True, eq=False)
class Subscriber:
    """A subscription that began at the place `since` of `Subscribers`.

    `caught_up` is the place at which it received earlier arrivals, or 0 before that.
    """

    viewer: int
    token: str = field(repr=False)
    since: int
    caught_up: int = 0
    wants_removals: bool = False
    _waiting: list[Arrival | Removal] = field(default_factory=list)  # not a deque: an empty one takes 600 bytes
    _taking: asyncio.Future[None] | None = None
    _ended: Exception | None = None

    @property
    def waiting(self) -> int:
        """The number of queued changes."""
        return len(self._waiting)

    def put(self, change: Arrival | Removal) -> None:
        """Queue the change of the feed.

        Raises:
            Interrupted: The queue is full.
        """
        if self._ended:
            return
        if len(self._waiting) == WAITING_LIMIT:
            raise Interrupted
        self._waiting.append(change)
        self._wake()

    def end(self, reason: Exception) -> None:
        """End the subscription: drop the queue and raise `reason` from now on."""
        self._ended = self._ended or reason
        self._waiting.clear()
        self._wake()

    async def take(self) -> Arrival | Removal:
        """Wait for the next change and return it. Raises the reason if the subscription has ended."""
        while not self._waiting and not self._ended:
            self._taking = asyncio.get_running_loop().create_future()
            await self._taking
        if self._ended:
            raise self._ended
        return self._waiting.pop(0)

    def raise_if_ended(self) -> None:
        """Raise the reason if the subscription has ended."""
        if self._ended:
            raise self._ended

    def _wake(self) -> None:
        if self._taking and not self._taking.done():
            self._taking.set_result(None)
