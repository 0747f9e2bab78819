"""Password hashes, apart from the accounts, so that no read of an account ever carries one.

Signing in and changing the password both write the credential, in a transaction with the sessions that they open or
end: of two at once, one finds what the other has done. So no session outlives its password, wherever we die.
"""

from dataclasses import dataclass, field

from domain.records import Credential, Session
from storage.mongo import ClientSession, Mongo
from storage.sessions import Sessions

MAX_LOGIN_ORIGINS = 20


@dataclass(frozen=True, slots=True)
class OpenedSession:
    token: str = field(repr=False)
    session: Session
    ended: int  # other sessions: the least recently used of too many


class Credentials:
    def __init__(self, mongo: Mongo, sessions: Sessions) -> None:
        self._mongo = mongo
        self._credentials = mongo.collection("credentials")
        self._sessions = sessions

    async def set_hash(self, user: int, password_hash: str, *, within: ClientSession | None = None) -> None:
        await self._credentials.update_one(
            {"_id": user}, {"$set": {"argon2id": password_hash}}, upsert=True, session=within
        )

    async def find_by_user(self, user: int) -> Credential | None:
        found = await self._credentials.find_one({"_id": user})
        return (
            Credential(password_hash=found["argon2id"], login_origins=tuple(found.get("places", ()))) if found else None
        )

    async def replace_hash(self, user: int, *, verified: str, by: str) -> bool:
        """Store another hash of the same password; False if the hash is not the verified one any more."""
        renewed = await self._credentials.update_one({"_id": user, "argon2id": verified}, {"$set": {"argon2id": by}})
        return renewed.matched_count == 1

    async def sign_in(self, user: int, *, verified: str, origin: str, client: str) -> OpenedSession | None:
        """A new token and its session, the place remembered; None where the hash is not the verified one any more.

        The account's oldest sessions beyond the bound end with it: of two at once, one waits for the other.
        """
        others = {"$filter": {"input": {"$ifNull": ["$places", []]}, "cond": {"$ne": ["$$this", origin]}}}
        places = {"$slice": [{"$concatArrays": [[origin], others]}, MAX_LOGIN_ORIGINS]}
        count = {"$add": [{"$ifNull": ["$sign_ins", 0]}, 1]}  # what changes nothing would not be in another's way

        async def sign_in(session: ClientSession) -> OpenedSession | None:
            noted = await self._credentials.update_one(
                {"_id": user, "argon2id": verified}, [{"$set": {"places": places, "sign_ins": count}}], session=session
            )
            if not noted.matched_count:
                return None
            token, opened = await self._sessions.create(user, client=client, within=session)
            ended = await self._sessions.end_oldest(user, keep=opened.id, within=session)
            return OpenedSession(token, opened, ended)

        return await self._mongo.transaction(sign_in)

    async def change_password(
        self, user: int, *, verified: str, password_hash: str, origin: str, keep: str
    ) -> int | None:
        """Set another hash, forget all places but this one, and end all sessions but the one that the token opens;
        how many, or None as above.
        """
        too_many = 0
        while ended := await self._sessions.end_oldest(user):  # more than a transaction could end
            too_many += ended

        async def change(session: ClientSession) -> int | None:
            changed = await self._credentials.update_one(
                {"_id": user, "argon2id": verified},
                {"$set": {"argon2id": password_hash, "places": [origin]}},
                session=session,
            )
            if not changed.matched_count:
                return None
            return too_many + await self._sessions.end_others(user, keep=keep, within=session)

        return await self._mongo.transaction(change)
