"""Idempotency keys whose posts were deleted. They expire after KEY_LIFE."""

from datetime import UTC, datetime

from storage.mongo import ClientSession, Document, Mongo


class SpentKeys:
    def __init__(self, mongo: Mongo) -> None:
        self._spent = mongo.collection("spent_keys")

    async def add(self, author: int, key: str, *, within: ClientSession) -> None:
        await self._spent.update_one(_of(author, key), {"$set": {"at": datetime.now(UTC)}}, upsert=True, session=within)

    async def contains(self, author: int, key: str, *, within: ClientSession) -> bool:
        return await self._spent.find_one(_of(author, key), {"_id": 1}, session=within) is not None


def _of(author: int, key: str) -> Document:
    return {"_id": {"author": author, "key": key}}
