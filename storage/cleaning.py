"""Removes entries that no read shows any more, each set in one transaction with the proof that none will.

An entry may go below its reader's floor, or where its post is gone, or where its reader does not follow the author; the
latter two only while nothing can bring the post or the edge back. So the transaction first takes the unique key that
this would need: it inserts it, which fails if it exists, and deletes it again.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

from pymongo import DeleteOne
from pymongo.errors import DuplicateKeyError

from domain.ids import MAX_ID, IdGenerator
from domain.watermarks import NEVER
from storage.entries import key_of, keys_between, post_of
from storage.mongo import Collection, Document, Mongo, Session


class Cleaning:
    def __init__(self, mongo: Mongo, ids: IdGenerator) -> None:
        self._mongo = mongo
        self._ids = ids
        self._feeds = mongo.collection("feeds")
        self._follows = mongo.collection("follows")
        self._posts = mongo.collection("posts")

    async def forget(self, reader: int, author: int) -> int:
        """Remove the author's entries from the feed of a reader who does not follow; how many there were."""

        async def remove(session: Session) -> int:
            edge = {"_id": self._ids.draw(), "follower": reader, "followee": author, "push_from": NEVER}
            await _take(self._follows, edge, session)
            feed = keys_between(reader, 0, MAX_ID + 1)
            entries = self._feeds.find({"_id": feed, "author": author}, {"_id": 1}, session=session)
            posts = {post_of(entry["_id"]): entry["_id"] async for entry in entries}
            # An id that was drawn again, by somebody whom the reader may follow.
            foreign = {"_id": {"$in": list(posts)}, "author": {"$ne": author}}
            async for post in self._posts.find(foreign, {"_id": 1}, session=session):
                del posts[post["_id"]]
            return await self._delete(list(posts.values()), session)

        return await self._in_transaction(remove)

    async def remove_post(self, post: int, readers: Sequence[int]) -> int:
        """Remove the readers' entries of a post that is gone; how many there were."""

        async def remove(session: Session) -> int:
            await _take(self._posts, {"_id": post, "author": -1, "text": ""}, session)
            return await self._delete([key_of(reader, post) for reader in readers], session)

        return await self._in_transaction(remove)

    async def _delete(self, keys: Sequence[bytes], session: Session) -> int:
        # One by one: `$in` would scan a clustered collection whole.
        deletions = [DeleteOne({"_id": key}) for key in keys]
        return (await self._feeds.bulk_write(deletions, session=session)).deleted_count if deletions else 0

    async def _in_transaction(self, remove: Callable[[Session], Awaitable[int]]) -> int:
        """What `remove` returns; 0 where the key that it takes exists."""
        try:
            async with self._mongo.causal() as session:
                return cast(int, await session.with_transaction(cast(Any, remove)))
        except DuplicateKeyError:
            return 0


async def _take(collection: Collection, document: Document, session: Session) -> None:
    """Hold the document's unique keys until the transaction ends. Errors: DuplicateKeyError where one is taken."""
    await collection.insert_one(document, session=session)
    await collection.delete_one({"_id": document["_id"]}, session=session)
