"""Queues served round robin: one per address, and within it one per account."""

from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Full(Exception):
    """The caller has reached its limit, or the queues are full and no other address has more than the caller's."""


class Queues(Generic[T]):
    """Holds at most `of_one` items of one account at one address, and at most `in_all` items of all."""

    def __init__(self, *, of_one: int, in_all: int) -> None:
        self._of_one = of_one
        self._in_all = in_all
        # The address, and within it the account, that was served last comes last.
        self._addresses: dict[str, dict[int | None, deque[T]]] = {}
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def join(self, address: str, account: int | None, one: T) -> T | None:
        """Add an item. If the queues are full, drop and return the newest item of the address that has the most.

        Raises:
            Full: The caller has reached its limit, or no other address has more items.
        """
        mine = self._addresses.get(address, {})
        if len(mine.get(account, ())) >= self._of_one:
            raise Full
        displaced = self._displace(than=_length(mine) + 1) if self._number >= self._in_all else None
        self._addresses.setdefault(address, {}).setdefault(account, deque()).append(one)
        self._number += 1
        return displaced

    def leave(self, address: str, account: int | None, one: T) -> bool:
        """Remove an item. Return False if it was not in its queue."""
        queue = self._addresses.get(address, {}).get(account)
        if queue is None or one not in queue:
            return False
        queue.remove(one)
        self._drop_empty(address, account)
        return True

    def pop(self) -> T | None:
        """Remove and return the next item: of the address that has waited longest, and there of such an account."""
        if not self._addresses:
            return None
        address = next(iter(self._addresses))
        accounts = self._addresses.pop(address)
        account = next(iter(accounts))
        queue = accounts.pop(account)
        self._addresses[address] = accounts
        accounts[account] = queue
        one = queue.popleft()
        self._drop_empty(address, account)
        return one

    def _displace(self, *, than: int) -> T:
        """Remove and return the newest item of the longest queue of the address that has the most.

        Raises:
            Full: That address has at most `than` items.
        """
        address = max(self._addresses, key=lambda one: _length(self._addresses[one]))
        accounts = self._addresses[address]
        if _length(accounts) <= than:
            raise Full
        account = max(accounts, key=lambda one: len(accounts[one]))
        displaced = accounts[account].pop()
        self._drop_empty(address, account)
        return displaced

    def _drop_empty(self, address: str, account: int | None) -> None:
        """Account for an item that was removed. Drop empty queues."""
        self._number -= 1
        accounts = self._addresses[address]
        if not accounts[account]:
            del accounts[account]
        if not accounts:
            del self._addresses[address]


def _length(accounts: dict[int | None, deque[T]]) -> int:
    return sum(map(len, accounts.values()))
