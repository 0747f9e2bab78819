"""Posts. A post carries the ledger of its own fan-out; see `storage.feed.ledgers`."""

from collections.abc import Collection as Ids
from typing import Unpack

from pymongo.errors import DuplicateKeyError

from domain.records import Post
from storage.counted import COUNTING, take_from_counts
from storage.media import MediaStore
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Mongo, committed, is_duplicate_of
from storage.new_posts import NewPosts, PostParts
from storage.post_documents import NO_REPOST, VISIBLE, to_post
from storage.removals import Removal, Removals
from storage.spent_keys import SpentKeys

ONE_BATCH = 2_000  # rows in one answer of the server


class Posts:
    def __init__(self, mongo: Mongo, ids: IdGenerator, media: MediaStore) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._acts = mongo.collection("acts")
        self._committed = committed(self._posts)
        self._new = NewPosts(mongo, ids, media)
        self._spent_keys = SpentKeys(mongo)
        self._removals = Removals(mongo)

    async def insert_post(self, author: int, text: str, **parts: Unpack[PostParts]) -> Post:
        """Store the post, in flight. Every follower may see it from now on.

        Raises:
            InvalidInput: The author has no such picture, or a post has it.
            DuplicateKeyError: An unknown unique index refuses the post.
        """

        async def insert(session: ClientSession | None = None) -> Post:
            return await self._new.insert(author, text, parts, within=session)

        while True:
            try:
                return await (self._mongo.transaction(insert) if parts.get("media") else insert())
            except DuplicateKeyError as error:
                if not is_duplicate_of(error, "_id"):
                    raise
                # another post has this id

    async def find_by_id(self, number: int) -> Post | None:
        found = await self._posts.find_one({"_id": number, **NO_REPOST}, VISIBLE)
        return to_post(found) if found else None

    async def find_by_ids(self, numbers: Ids[int]) -> list[Post]:
        """Return the posts that exist, in no order."""
        posts = self._posts.find({"_id": {"$in": list(numbers)}, **NO_REPOST}, VISIBLE)
        return [to_post(found) async for found in posts.batch_size(ONE_BATCH)]

    async def find_notified(self, number: int) -> list[int]:
        """Return the accounts that the post notifies, if it exists."""
        found = await self._posts.find_one({"_id": number}, {"_id": 0, "notifies": 1})
        return found.get("notifies", []) if found else []

    async def newest(
        self, authors: Ids[int], *, down_to: int, limit: int, session: ClientSession
    ) -> list[tuple[int, int]]:
        """Return (post, author) of the newest posts by the authors with ids from `down_to` on, newest first."""
        cursor = self._committed.find(
            {"author": {"$in": list(authors)}, "_id": {"$gte": down_to}}, {"author": 1}, session=session
        )
        return [(found["_id"], found["author"]) async for found in cursor.sort("_id", -1).limit(limit)]

    async def stored_since(self, low: int, *, limit: int) -> list[tuple[int, int]]:
        """Return (post, author) of at most `limit` posts with ids from `low` on, the lowest first.

        Includes every post that was stored before the call, even if its writer never got an answer.
        """
        await self._mongo.wait_for_majority()
        cursor = self._committed.find({"_id": {"$gte": low}}, {"author": 1}).sort("_id", 1).limit(limit)
        return [(found["_id"], found["author"]) async for found in cursor.batch_size(ONE_BATCH)]

    async def delete_post(self, number: int, *, author: int) -> bool:
        """Delete the post and return whether the author had it. Reads skip its entries until a task removes them.

        The same transaction spends the post's idempotency key, so a retry of its creation makes no second post. It also
        notes the deletion, so that a sweep removes what lost messages leave behind.
        """

        async def delete(session: ClientSession) -> bool:
            deleted = await self._posts.find_one_and_delete(
                {"_id": number, "author": author, **NO_REPOST}, {"key": 1, **COUNTING}, session=session
            )
            if deleted is None:
                return False
            await take_from_counts(self._acts, deleted, within=session)
            if key := deleted.get("key"):
                await self._spent_keys.add(author, key, within=session)
            await self._removals.note([Removal(number, author)], within=session)
            return True

        return await self._mongo.transaction(delete)
