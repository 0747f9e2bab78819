"""Deletes the likes and bookmarks of a deleted post, in one transaction with the proof that it does not come back."""

from pymongo.errors import DuplicateKeyError

from storage.indexes import ACTS_KEY
from storage.maintenance.cleaning import hold_unique_keys
from storage.mongo import ClientSession, Mongo


class ActRemoval:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._acts = mongo.collection("acts")
        self._posts = mongo.collection("posts")

    async def remove_acts(self, post: int, *, limit: int) -> int:
        """Delete at most `limit` acts of a deleted post, and return how many. None are deleted while the post exists.

        Acts without a user stay: a fold deletes them.
        """

        async def remove(session: ClientSession) -> int:
            await hold_unique_keys(self._posts, {"_id": post, "author": -1, "text": ""}, session)
            found = self._acts.find({"post": post, "user": {"$exists": True}}, {"_id": 1}, session=session)
            acts = [act["_id"] async for act in found.hint(ACTS_KEY).limit(limit).batch_size(limit)]
            if acts:
                await self._acts.delete_many({"_id": {"$in": acts}}, session=session)
            return len(acts)

        try:
            return await self._mongo.transaction(remove)
        except DuplicateKeyError:
            return 0
