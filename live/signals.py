"""Signals that the notifications of an account may have changed, for the subscriptions of this process.

A signal says no more than that. Its subscriber reads the unread count, which is exact. So a signal may be repeated, and
several may be one. In each pause, a process signals to an account at most once, and tells other processes of it at most
once.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice

from compat.asyncio import stop
from domain.announcements import AccountsNotified, Announcement
from domain.errors import Interrupted
from storage import DatabaseError
from storage.memory.batching import BatchingLoader
from storage.notifications import Notifications

MOST_TOLD = 100  # accounts in one announcement
READERS = 4  # concurrent reads of unread counts


@dataclass(slots=True, kw_only=True, eq=False)
class SignalSubscriber:
    """A subscription to signals."""

    viewer: int
    token: str = field(repr=False)
    _due: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: Exception | None = None

    def signal(self) -> None:
        self._due.set()

    def end(self, reason: Exception) -> None:
        """End the subscription: raise `reason` from now on."""
        self._ended = self._ended or reason
        self._due.set()

    async def take(self) -> None:
        """Wait for the next signal. Raises the reason if the subscription has ended."""
        await self._due.wait()
        if self._ended:
            raise self._ended
        self._due.clear()


class Signals:
    """The subscriptions of one web process to signals.

    `announce` tells other processes. `interrupted` makes the reason of an interruption.
    """

    def __init__(
        self,
        notifications: Notifications,
        *,
        announce: Callable[[Announcement], None],
        interrupted: Callable[[], Interrupted],
        pause_s: float,
    ) -> None:
        self._notifications = notifications
        self._announce = announce
        self._interrupted = interrupted
        self._pause_s = pause_s
        self._subscribers: dict[int, list[SignalSubscriber]] = {}
        self._unread: BatchingLoader[int, int] = BatchingLoader(self._count_unread)
        self._told: set[int] = set()  # accounts of which others were told within the pause
        self._untold: set[int] = set()  # those of them of which they will be told after it

    def __len__(self) -> int:
        return sum(map(len, self._subscribers.values()))

    def __iter__(self) -> Iterator[SignalSubscriber]:
        return iter([subscriber for each in self._subscribers.values() for subscriber in each])

    def of_viewer(self, viewer: int) -> list[SignalSubscriber]:
        return list(self._subscribers.get(viewer, ()))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tell other processes inside the block, and of the rest at its end."""
        telling = asyncio.create_task(self._keep_telling())
        try:
            yield
        finally:
            await stop(telling)
            self._tell_untold()

    async def unread_counts(self, subscriber: SignalSubscriber) -> AsyncGenerator[int, None]:
        """Yield the unread count of the viewer now, and after each signal, at most once in a pause.

        It begins with a count, so nothing is missed before the first signal.

        Raises:
            Interrupted: The count cannot be read.
        """
        self._subscribers.setdefault(subscriber.viewer, []).append(subscriber)
        subscriber.signal()
        try:
            while True:
                await subscriber.take()
                try:
                    count = await self._unread.find(subscriber.viewer)
                except DatabaseError as error:
                    raise self._interrupted() from error
                yield count or 0
                await asyncio.sleep(self._pause_s)
        finally:
            self._leave(subscriber)

    # -- signals ------------------------------------------------------------------------------------------------------

    def notify(self, accounts: Iterable[int]) -> None:
        """Signal to the accounts, here and in all other processes. Of one account, others are told once in a pause."""
        accounts = set(accounts)
        self.hear(accounts)
        self._untold |= accounts & self._told
        self._tell(accounts - self._told)

    def hear(self, accounts: Iterable[int]) -> None:
        """Signal to the accounts here."""
        for account in accounts:
            for subscriber in self._subscribers.get(account, ()):
                subscriber.signal()

    def hear_all(self) -> None:
        """Signal to all subscribers here: some signals may have been missed."""
        self.hear(list(self._subscribers))

    def interrupt(self) -> None:
        for subscriber in self:
            subscriber.end(self._interrupted())

    # -- telling others -----------------------------------------------------------------------------------------------

    async def _keep_telling(self) -> None:
        while True:
            await asyncio.sleep(self._pause_s)
            self._tell_untold()

    def _tell_untold(self) -> None:
        untold, self._told, self._untold = self._untold, set(), set()
        self._tell(untold)

    def _tell(self, accounts: set[int]) -> None:
        self._told |= accounts
        remaining = iter(accounts)
        while some := tuple(islice(remaining, MOST_TOLD)):
            self._announce(AccountsNotified(some))

    # -- reading ------------------------------------------------------------------------------------------------------

    async def _count_unread(self, viewers: Sequence[int]) -> Mapping[int, int]:
        """Return the unread counts of the viewers, a few of which are read at once."""
        counted: dict[int, int] = {}
        remaining = iter(viewers)

        async def count_some() -> None:
            for viewer in remaining:
                counted[viewer] = await self._notifications.count_unread(viewer)

        await asyncio.gather(*(count_some() for _ in range(min(READERS, len(viewers)))))
        return counted

    def _leave(self, subscriber: SignalSubscriber) -> None:
        others = [one for one in self._subscribers[subscriber.viewer] if one is not subscriber]
        if others:
            self._subscribers[subscriber.viewer] = others
        else:
            del self._subscribers[subscriber.viewer]
