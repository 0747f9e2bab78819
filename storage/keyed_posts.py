"""Posts that are made once however often they are asked for: each carries its author's idempotency key.

A post is inserted in one transaction with the proof that its key is not spent, and deleted in one transaction that
spends it. The unique index keeps two posts from one key. Without the transaction a deletion could come between the
proof and the insert. With it, the insert either sees the deleted post in its snapshot, which refuses it as a duplicate,
or sees the spent key.
"""

from datetime import UTC, datetime

from pymongo.errors import DuplicateKeyError

from domain.idempotency import KEY_LIFE
from domain.ids import first_id_at
from domain.records import Creation, Post
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Mongo, committed, is_duplicate_of
from storage.posts import VISIBLE, new_post, to_post
from storage.spent_keys import SpentKeys


class KeyedPosts:
    def __init__(self, mongo: Mongo, ids: IdGenerator) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._committed = committed(self._posts)
        self._ids = ids
        self._spent_keys = SpentKeys(mongo)

    async def insert_once(self, author: int, text: str, *, key: str) -> Creation | None:
        """Store the post, or find the one that was made with the key within KEY_LIFE; None if that was deleted.

        An older post loses its key. What is returned is on a majority, whichever process has written it.
        """

        async def insert(session: ClientSession) -> Creation | None:
            if await self._spent_keys.contains(author, key, within=session):
                return None
            document = new_post(self._ids.draw(), author=author, text=text) | {"key": key}
            await self._posts.insert_one(document, session=session)
            return Creation(post=to_post(document), is_new=True)

        while True:
            try:
                return await self._mongo.transaction(insert)
            except DuplicateKeyError as error:
                if is_duplicate_of(error, "_id"):
                    continue  # another post has drawn this id
                if not is_duplicate_of(error, "key"):
                    raise
            made = await self._find(author, key)
            if made is None:
                continue  # it was deleted just now, which spent the key
            if made.id >= _oldest():
                return Creation(post=made, is_new=False)
            await self._posts.update_one({"_id": made.id, "author": author, "key": key}, {"$unset": {"key": ""}})

    async def find_by_key(self, author: int, key: str) -> Post | None:
        """The post that was made with the key within KEY_LIFE, once it is on a majority."""
        made = await self._find(author, key)
        return made if made and made.id >= _oldest() else None

    async def _find(self, author: int, key: str) -> Post | None:
        await self._mongo.wait_for_majority()  # the post may have been refused as a duplicate of one not yet there
        found = await self._committed.find_one({"author": author, "key": key}, VISIBLE)
        return to_post(found) if found else None


def _oldest() -> int:
    return first_id_at(datetime.now(UTC) - KEY_LIFE)
