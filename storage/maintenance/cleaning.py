"""Removes entries that no read shows any more, each set in one transaction with the proof that none will.

An entry may go below its reader's floor, or where its post is gone, or where its reader does not follow the author; the
latter two only while nothing can bring the post or the edge back. So the transaction first takes the unique key that
this would need: it inserts it, which fails if it exists, and deletes it again.
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
        """Remove at most `limit` of the author's entries, beyond the post `after`, if the reader does not follow.

        Returns the last post looked at; None if there are no more.
        """

        async def remove(session: ClientSession) -> int | None:
            edge = {"_id": self._ids.draw(), "follower": reader, "followee": author, "push_from": NEVER}
            await _hold_unique_keys(self._follows, edge, session)
            feed = keys_between(reader, after + 1, MAX_ID + 1)
            entries = self._feeds.find({"_id": feed, "author": author}, {"_id": 1}, session=session)
            posts = {post_of(entry["_id"]): entry["_id"] async for entry in entries.sort("_id", 1).limit(limit)}
            until = max(posts) if len(posts) == limit else None
            # An id that was drawn again, by somebody whom the reader may follow.
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
        """Remove the readers' entries of the post if it is gone."""

        async def remove(session: ClientSession) -> None:
            await _hold_unique_keys(self._posts, {"_id": post, "author": -1, "text": ""}, session)
            await self._delete([key_of(reader, post) for reader in readers], session)

        with suppress(DuplicateKeyError):
            await self._mongo.transaction(remove)

    async def _delete(self, keys: Sequence[bytes], session: ClientSession) -> None:
        # One by one: `$in` would scan a clustered collection whole.
        if deletions := [DeleteOne({"_id": key}) for key in keys]:
            await self._feeds.bulk_write(deletions, session=session)


async def _hold_unique_keys(collection: Collection, document: Document, session: ClientSession) -> None:
    """Hold the document's unique keys until the transaction ends. Errors: DuplicateKeyError where one is taken."""
    await collection.insert_one(document, session=session)
    await collection.delete_one({"_id": document["_id"]}, session=session)
