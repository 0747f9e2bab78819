"""Posts with an idempotency key: repeated requests create one post.

One transaction checks that the key is not spent and inserts the post. One transaction deletes the post and spends its
key. The unique index prevents two posts with one key. Without a transaction, a deletion could come between the check
and the insert. With it, the insert either sees the deleted post in its snapshot and fails as a duplicate, or it sees
the spent key.
"""

from datetime import UTC, datetime
from typing import Unpack

from pymongo.errors import DuplicateKeyError

from domain.idempotency import KEY_LIFE
from domain.ids import first_id_at
from domain.records import Creation, Post
from storage.media import MediaStore
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Mongo, committed, is_duplicate_of
from storage.new_posts import NewPosts, PostParts
from storage.post_documents import VISIBLE, to_post
from storage.spent_keys import SpentKeys


class _KeyTaken(Exception):
    """A post has the key. Raising it aborts the transaction."""


class KeyedPosts:
    def __init__(self, mongo: Mongo, ids: IdGenerator, media: MediaStore) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._committed = committed(self._posts)
        self._new = NewPosts(mongo, ids, media)
        self._spent_keys = SpentKeys(mongo)

    async def insert_once(self, author: int, text: str, *, key: str, **parts: Unpack[PostParts]) -> Creation | None:
        """Store the post, or return the one that the key has created within KEY_LIFE. None if that post was deleted.

        A post older than KEY_LIFE loses its key. The returned post is on a majority, even if another process wrote it.

        Raises:
            InvalidInput: The author has no such picture, or a post has it.
            DuplicateKeyError: An unknown unique index refuses the post.
        """

        made_by_key = {"author": author, "key": key}

        async def insert(session: ClientSession) -> Creation | None:
            if await self._spent_keys.contains(author, key, within=session):
                return None
            if parts.get("media") and await self._posts.find_one(made_by_key, {"_id": 1}, session=session):
                raise _KeyTaken  # by a post that may have these very pictures
            return Creation(post=await self._new.insert(author, text, parts, within=session, key=key), is_new=True)

        while True:
            try:
                return await self._mongo.transaction(insert)
            except _KeyTaken:
                pass
            except DuplicateKeyError as error:
                if is_duplicate_of(error, "_id"):
                    continue  # another post has this id
                if not is_duplicate_of(error, "key"):
                    raise
            made = await self._find(author, key)
            if made is None:
                continue  # a deletion has just spent the key; the next attempt sees that
            if made.id >= _oldest():
                return Creation(post=made, is_new=False)
            await self._posts.update_one({"_id": made.id, **made_by_key}, {"$unset": {"key": ""}})

    async def find_by_key(self, author: int, key: str) -> Post | None:
        """Return the post that the key has created within KEY_LIFE, once it is on a majority."""
        made = await self._find(author, key)
        return made if made and made.id >= _oldest() else None

    async def _find(self, author: int, key: str) -> Post | None:
        await self._mongo.wait_for_majority()  # the duplicate may not be on a majority yet
        found = await self._committed.find_one({"author": author, "key": key}, VISIBLE)
        return to_post(found) if found else None


def _oldest() -> int:
    return first_id_at(datetime.now(UTC) - KEY_LIFE)
