"""A new post. Its record and its author's are read at the first use, once for all subscriptions."""

import asyncio
from functools import cached_property

from domain.records import Post, User
from storage import Storage


class Arrival:
    """A new post. `record` is the post if it has been read already, for a single subscription."""

    def __init__(self, storage: Storage, post: int, author: int, *, record: Post | None = None) -> None:
        self.number = post
        self._author_number = author
        self._storage = storage
        self._record = record

    async def post(self) -> Post | None:
        """Return the post. None if it has been deleted since."""
        if self._record:
            return self._record
        return await asyncio.shield(self._post)  # cancelling one waiter must not cancel the others

    async def author(self) -> User | None:
        if self._record:
            return (await self._storage.users.find_recent({self._author_number})).get(self._author_number)
        return await asyncio.shield(self._author)

    @cached_property
    def _post(self) -> asyncio.Task[Post | None]:
        return asyncio.create_task(self._storage.posts.find_by_id(self.number))

    @cached_property
    def _author(self) -> asyncio.Task[User | None]:
        return asyncio.create_task(self._storage.users.find_by_id(self._author_number))
