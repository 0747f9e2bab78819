"""Deletes stale entries, in one transaction with the proof that no read will ever show them.

An entry is stale if it is below the floor of its reader, if its post is deleted, or if its reader does not follow the
author. In the last two cases, the post or the edge must not come back meanwhile. So the transaction first inserts a
document with the same unique key, which fails if the key exists, and deletes it again.
"""

from collections.abc import Sequence
from contextlib import suppress

from pymongo import DeleteOne
from pymongo.errors import DuplicateKeyError

from domain.ids import MAX_ID
from domain.watermarks import NEVER
from storage.feed.entries import key_of, keys_between, post_of
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Collection, Document, Mongo


class Cleaning:
    def __init__(self, mongo: Mongo, ids: IdGenerator) -> None:
        self._mongo = mongo
        self._ids = ids
        self._feeds = mongo.collection("feeds")
        self._follows = mongo.collection("follows")
        self._posts = mongo.collection("posts")

    async def remove_author_entries(self, reader: int, author: int, *, after: int, limit: int) -> int | None:
        """Delete at most `limit` of the author's entries above the post `after`, if the reader is no follower.

        Returns the post from which to continue. None if no more entries follow.
        """

        async def remove(session: ClientSession) -> int | None:
            edge = {"_id": self._ids.draw(), "follower": reader, "followee": author, "push_from": NEVER}
            await hold_unique_keys(self._follows, edge, session)
            feed = keys_between(reader, after + 1, MAX_ID + 1)
            entries = self._feeds.find({"_id": feed, "author": author}, {"_id": 1}, session=session)
            posts = {post_of(entry["_id"]): entry["_id"] async for entry in entries.sort("_id", 1).limit(limit)}
            until = max(posts) if len(posts) == limit else None
            # A post of another author with a reused id. The reader may follow that author.
            foreign = {"_id": {"$in": list(posts)}, "author": {"$ne": author}}
            async for post in self._posts.find(foreign, {"_id": 1}, session=session):
                del posts[post["_id"]]
            await self._delete(list(posts.values()), session)
            return until

        try:
            return await self._mongo.transaction(remove)
        except DuplicateKeyError:
            return None

    async def remove_post_entries(self, post: int, readers: Sequence[int]) -> None:
        """Delete the readers' entries of the post, if the post is deleted."""

        async def remove(session: ClientSession) -> None:
            await hold_unique_keys(self._posts, {"_id": post, "author": -1, "text": ""}, session)
            await self._delete([key_of(reader, post) for reader in readers], session)

        with suppress(DuplicateKeyError):
            await self._mongo.transaction(remove)

    async def _delete(self, keys: Sequence[bytes], session: ClientSession) -> None:
        # One deletion each: `$in` would scan the whole clustered collection.
        if deletions := [DeleteOne({"_id": key}) for key in keys]:
            await self._feeds.bulk_write(deletions, session=session)


async def hold_unique_keys(collection: Collection, document: Document, session: ClientSession) -> None:
    """Hold the document's unique keys until the transaction ends.

    Raises:
        DuplicateKeyError: A key is taken.
    """
    await collection.insert_one(document, session=session)
    await collection.delete_one({"_id": document["_id"]}, session=session)
