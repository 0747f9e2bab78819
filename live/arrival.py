"""A new post or repost. What is known of it is read at the first use, once for all subscriptions."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cached_property

from domain.errors import Interrupted
from domain.records import Event, User
from storage import Storage
from storage.feed.decisions import TooManyReposts
from storage.memory.batching import BatchingLoader


class Arrival:
    """What has arrived at one place of feeds. `record` is the event if a feed was read already that shows it."""

    def __init__(self, storage: Storage, number: int, *, record: Event | None = None) -> None:
        self.number = number
        self._storage = storage
        self._record = record
        self._readers: BatchingLoader[int, bool] = BatchingLoader(self._decide)

    async def event_for(self, viewer: int, *, with_reposts: bool = True) -> Event | None:
        """Return the event. None if it has been deleted since, or if the viewer's feed does not show it.

        Without `with_reposts`, None for a repost, about which nothing is decided. The viewer must follow the actor and
        have it in its feed. That decides about a post which answers nothing.

        Raises:
            Interrupted: Whether the feed shows it takes a read of the feed.
        """
        event = self._record or await asyncio.shield(self._event)  # cancelling one waiter must not cancel the others
        if event is None or (event.is_repost and not with_reposts):
            return None
        if self._record or (not event.is_repost and event.post.reply_to_author is None):
            return event
        return event if await self._readers.find(viewer) else None

    async def author(self) -> User | None:
        """Return the author of the post."""
        if self._record:
            author = self._record.post.author
            return (await self._storage.users.find_recent({author})).get(author)
        return await asyncio.shield(self._author)

    async def _decide(self, viewers: Sequence[int]) -> Mapping[int, bool]:
        event = await asyncio.shield(self._event)
        assert event is not None, "its viewers have seen it"
        try:
            shown = await self._storage.feed.decisions.shown_among(event, viewers)
        except TooManyReposts:
            raise Interrupted from None
        return {viewer: viewer in shown for viewer in viewers}

    @cached_property
    def _event(self) -> asyncio.Task[Event | None]:
        return asyncio.create_task(self._storage.feed.decisions.find_event(self.number))

    @cached_property
    def _author(self) -> asyncio.Task[User | None]:
        return asyncio.create_task(self._find_author())

    async def _find_author(self) -> User | None:
        event = await asyncio.shield(self._event)
        return await self._storage.users.find_by_id(event.post.author) if event else None
