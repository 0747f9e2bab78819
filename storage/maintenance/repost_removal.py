"""Deletes the reposts of a deleted post, in one transaction with the proof that the post does not come back."""

from pymongo.errors import DuplicateKeyError

from storage.indexes import POSTS_REPOSTS
from storage.maintenance.cleaning import hold_unique_keys
from storage.mongo import ClientSession, Mongo
from storage.removals import Removal, Removals


class RepostRemoval:
    def __init__(self, mongo: Mongo, removals: Removals) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._removals = removals

    async def remove_reposts(self, post: int, *, limit: int) -> list[Removal]:
        """Delete at most `limit` reposts of a deleted post, and return them. None are deleted while the post exists."""

        async def remove(session: ClientSession) -> list[Removal]:
            await hold_unique_keys(self._posts, {"_id": post, "author": -1, "text": ""}, session)
            found = self._posts.find({"repost_of": post}, {"author": 1}, session=session).hint(POSTS_REPOSTS)
            removed = [Removal(repost["_id"], repost["author"]) async for repost in found.limit(limit)]
            await self._posts.delete_many({"_id": {"$in": [one.post for one in removed]}}, session=session)
            await self._removals.note(removed, within=session)
            return removed

        try:
            return await self._mongo.transaction(remove)
        except DuplicateKeyError:
            return []
