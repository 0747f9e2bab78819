"""Password hashes, apart from the accounts, so that no read of an account ever carries one."""

from storage.mongo import Mongo


class Credentials:
    def __init__(self, mongo: Mongo) -> None:
        self._credentials = mongo.collection("credentials")

    async def set(self, user: int, password_hash: str) -> None:
        await self._credentials.update_one({"_id": user}, {"$set": {"argon2id": password_hash}}, upsert=True)

    async def find(self, user: int) -> str | None:
        found = await self._credentials.find_one({"_id": user})
        return found["argon2id"] if found else None

    async def delete(self, user: int) -> None:
        await self._credentials.delete_one({"_id": user})
