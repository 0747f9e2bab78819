"""A post that has just been made. Its record and its author's are read once, when first asked for, for everybody."""

import asyncio
from functools import cached_property

from domain.records import Post, User
from storage import Storage


class Arrival:
    def __init__(self, storage: Storage, post: int, author: int) -> None:
        self.number = post
        self._author_number = author
        self._storage = storage

    async def post(self) -> Post | None:
        """None where it has been deleted since."""
        return await asyncio.shield(self._post)  # one that stops waiting leaves the others their answer

    async def author(self) -> User | None:
        return await asyncio.shield(self._author)

    @cached_property
    def _post(self) -> asyncio.Task[Post | None]:
        return asyncio.create_task(self._storage.posts.find(self.number))

    @cached_property
    def _author(self) -> asyncio.Task[User | None]:
        return asyncio.create_task(self._storage.users.find(self._author_number))
