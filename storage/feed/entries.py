"""Entries: the delivered rows of all feeds, one B-tree clustered on reader ‖ post.

On MongoDB 6.0 such a collection answers one key or one range well and scans itself whole for `$in` and for `$or` of
ranges: entries are read and deleted by one range only.
"""

import asyncio
from collections.abc import Iterable
from itertools import islice

from domain.ids import MAX_ID
from storage.mongo import ClientSession, Document, Mongo, insert_ignoring_duplicates

BATCH = 1_000  # entries per insert; 100 measured at half the speed
PARALLEL = 2  # batches: while the server writes one, the next is being encoded


class Entries:
    def __init__(self, mongo: Mongo) -> None:
        self._feeds = mongo.collection("feeds")

    async def insert_entries(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Write (reader, post, author) rows, majority-acknowledged; those that are there already stay."""
        remaining = iter(rows)

        async def insert_some() -> None:
            while batch := [entry_of(*row) for row in islice(remaining, BATCH)]:
                await insert_ignoring_duplicates(self._feeds, batch)

        await asyncio.gather(*(insert_some() for _ in range(PARALLEL)))

    async def newest(
        self, reader: int, *, floor: int, below: int, limit: int, session: ClientSession | None = None
    ) -> list[int]:
        """Ids of the reader's entries in [floor, below), newest first."""
        cursor = self._feeds.find({"_id": keys_between(reader, floor, below)}, {"_id": 1}, session=session)
        cursor = cursor.sort("_id", -1).limit(limit).batch_size(limit)  # one round trip: the server's own ends at 101
        return [post_of(found["_id"]) async for found in cursor]

    async def nth_newest(self, reader: int, *, floor: int, nth: int) -> int | None:
        """The id of the nth newest entry at or above the floor; None where there are fewer."""
        cursor = self._feeds.find({"_id": keys_between(reader, floor, MAX_ID + 1)}, {"_id": 1}).sort("_id", -1)
        found = await cursor.skip(nth - 1).limit(1).to_list(1)
        return post_of(found[0]["_id"]) if found else None

    async def delete_below(self, reader: int, floor: int, *, limit: int) -> bool:
        """Delete at most `limit` entries below the floor, the oldest first; returns whether there are more."""
        below = {"_id": keys_between(reader, 0, floor)}
        beyond = await self._feeds.find(below, {"_id": 1}).sort("_id", 1).skip(limit).limit(1).to_list(1)
        if beyond:
            below = {"_id": keys_between(reader, 0, post_of(beyond[0]["_id"]))}
        await self._feeds.delete_many(below)
        return bool(beyond)


def entry_of(reader: int, post: int, author: int) -> Document:
    """With the post as a number beside the key, from which the server could not take it to find the post."""
    return {"_id": key_of(reader, post), "post": post, "author": author}


def key_of(reader: int, post: int) -> bytes:
    return reader.to_bytes(8, "big") + post.to_bytes(8, "big")


def post_of(key: bytes) -> int:
    return int.from_bytes(key[8:], "big")


def keys_between(reader: int, low: int, high: int) -> Document:
    """The condition on the key of the reader's entries in [low, high)."""
    return {"$gte": key_of(reader, low), "$lt": key_of(reader, high)}
