"""Entries: the delivered rows of all feeds, in one collection clustered on reader ‖ post.

MongoDB 6.0 reads one key or one range of such a collection efficiently. For `$in`, and for `$or` of ranges, it scans
the whole collection. So entries are read and deleted by one range only.
"""

import asyncio
from collections.abc import Iterable
from itertools import islice

from domain.ids import MAX_ID
from domain.pages import ReadOrder
from storage.feed.encoding import encode_entries
from storage.feed.spans import Span
from storage.mongo import ClientSession, Document, Mongo, insert_ignoring_duplicates

BATCH = 2_500  # entries in one insert; 100 measured half the speed
PARALLEL = 2  # batches: one is encoded while the server writes the other


class Entries:
    def __init__(self, mongo: Mongo) -> None:
        self._feeds = mongo.collection("feeds")

    async def insert_entries(self, rows: Iterable[tuple[int, int, int]], *, are_replies: bool = False) -> None:
        """Insert (reader, post, author) rows with write concern majority. Existing entries stay.

        `are_replies` marks replies to posts of other accounts. Only trims look at the mark, so it may be missing.
        """
        remaining = encode_entries(rows, are_replies=are_replies)

        async def insert_some() -> None:
            while batch := list(islice(remaining, BATCH)):
                await insert_ignoring_duplicates(self._feeds, batch)

        await asyncio.gather(*(insert_some() for _ in range(PARALLEL)))

    async def newest(
        self, reader: int, *, floor: int, below: int, limit: int, session: ClientSession | None = None
    ) -> list[int]:
        """Return the post ids of the reader's entries in [floor, below), newest first."""
        return await self.read(reader, Span(floor, below), ReadOrder.NEWEST_FIRST, limit=limit, session=session)

    async def read(
        self, reader: int, span: Span, order: ReadOrder, *, limit: int, session: ClientSession | None = None
    ) -> list[int]:
        """Return the post ids of the reader's first entries in the span, in the order."""
        cursor = self._feeds.find({"_id": keys_between(reader, span.low, span.high)}, {"_id": 1}, session=session)
        cursor = cursor.sort("_id", order.value).limit(limit).batch_size(limit)  # one round trip: the default is 101
        return [post_of(found["_id"]) async for found in cursor]

    async def nth_newest(self, reader: int, *, floor: int, nth: int, with_replies: bool = True) -> int | None:
        """Return the post id of the nth newest entry at or above the floor. None if there are fewer."""
        wanted: Document = {"_id": keys_between(reader, floor, MAX_ID + 1)}
        if not with_replies:
            wanted["reply"] = {"$exists": False}
        cursor = self._feeds.find(wanted, {"_id": 1}).sort("_id", -1)
        found = await cursor.skip(nth - 1).limit(1).to_list(1)
        return post_of(found[0]["_id"]) if found else None

    async def delete_below(self, reader: int, floor: int, *, limit: int) -> bool:
        """Delete at most `limit` entries below the floor, the oldest first. Return whether there are more."""
        below = {"_id": keys_between(reader, 0, floor)}
        beyond = await self._feeds.find(below, {"_id": 1}).sort("_id", 1).skip(limit).limit(1).to_list(1)
        if beyond:
            below = {"_id": keys_between(reader, 0, post_of(beyond[0]["_id"]))}
        await self._feeds.delete_many(below)
        return bool(beyond)


def entry_of(reader: int, post: int, author: int, *, is_reply: bool = False) -> Document:
    """Return the document of an entry.

    It repeats the post id as a number, since a join cannot extract it from the key.
    """
    entry = {"_id": key_of(reader, post), "post": post, "author": author}
    return entry | {"reply": True} if is_reply else entry


def key_of(reader: int, post: int) -> bytes:
    return reader.to_bytes(8, "big") + post.to_bytes(8, "big")


def post_of(key: bytes) -> int:
    return int.from_bytes(key[8:], "big")


def keys_between(reader: int, low: int, high: int) -> Document:
    """Return the condition on the key for the reader's entries in [low, high)."""
    return {"$gte": key_of(reader, low), "$lt": key_of(reader, high)}
