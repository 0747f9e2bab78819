"""Password hashes, apart from the accounts, so that no read of an account ever carries one.

Signing in and changing the password both write the credential, in a transaction with the sessions that they open or
end: of two at once, one finds what the other has done. So no session outlives its password, wherever we die.
"""

from domain.records import Credential, Session
from storage.mongo import Mongo
from storage.mongo import Session as Transaction
from storage.sessions import Sessions

MAX_PLACES = 20


class Credentials:
    def __init__(self, mongo: Mongo, sessions: Sessions) -> None:
        self._mongo = mongo
        self._credentials = mongo.collection("credentials")
        self._sessions = sessions

    async def set(self, user: int, password_hash: str) -> None:
        await self._credentials.update_one({"_id": user}, {"$set": {"argon2id": password_hash}}, upsert=True)

    async def find(self, user: int) -> Credential | None:
        found = await self._credentials.find_one({"_id": user})
        return Credential(password_hash=found["argon2id"], places=tuple(found.get("places", ()))) if found else None

    async def delete(self, user: int) -> None:
        await self._credentials.delete_one({"_id": user})

    async def sign_in(self, user: int, *, verified: str, place: str, client: str) -> tuple[str, Session] | None:
        """A new token and its session, the place remembered; None where the hash is not the verified one any more."""
        others = {"$filter": {"input": {"$ifNull": ["$places", []]}, "cond": {"$ne": ["$$this", place]}}}
        places = {"$slice": [{"$concatArrays": [[place], others]}, MAX_PLACES]}
        count = {"$add": [{"$ifNull": ["$sign_ins", 0]}, 1]}  # what changes nothing would not be in another's way

        async def sign_in(session: Transaction) -> tuple[str, Session] | None:
            noted = await self._credentials.update_one(
                {"_id": user, "argon2id": verified}, [{"$set": {"places": places, "sign_ins": count}}], session=session
            )
            return await self._sessions.create(user, client=client, within=session) if noted.matched_count else None

        return await self._mongo.transaction(sign_in)

    async def change(self, user: int, *, verified: str, password_hash: str, place: str, keep: str) -> int | None:
        """Set another hash, forget all places but this one, and end all sessions but the one that the token opens;
        how many, or None as above.
        """

        async def change(session: Transaction) -> int | None:
            changed = await self._credentials.update_one(
                {"_id": user, "argon2id": verified},
                {"$set": {"argon2id": password_hash, "places": [place]}},
                session=session,
            )
            return await self._sessions.end_others(user, keep=keep, within=session) if changed.matched_count else None

        return await self._mongo.transaction(change)
