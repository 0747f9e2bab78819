"""Password hashes. They have their own collection, so that no read of an account returns one.

A login and a change of password both write the credential, in one transaction with the sessions that they open or end.
If two run at once, one sees the result of the other. So no session outlives its password, even after a crash.
"""

from dataclasses import dataclass, field

from domain.records import Credential, Session
from storage.mongo import ClientSession, Mongo
from storage.sessions import Sessions

MAX_LOGIN_ORIGINS = 20


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A new session with its token."""

    token: str = field(repr=False)
    session: Session
    ended: int  # number of other sessions ended, the least recently used beyond the limit


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
        """Replace the hash by another one of the same password.

        Return False if the hash has changed since `verified`.
        """
        renewed = await self._credentials.update_one({"_id": user, "argon2id": verified}, {"$set": {"argon2id": by}})
        return renewed.matched_count == 1

    async def sign_in(self, user: int, *, verified: str, origin: str, client: str) -> OpenedSession | None:
        """Open a session and remember the login origin. Return None if the hash has changed since `verified`.

        The same transaction ends the account's oldest sessions beyond MAX_SESSIONS. Concurrent logins run one after the
        other.
        """
        others = {"$filter": {"input": {"$ifNull": ["$places", []]}, "cond": {"$ne": ["$$this", origin]}}}
        places = {"$slice": [{"$concatArrays": [[origin], others]}, MAX_LOGIN_ORIGINS]}
        count = {
            "$add": [{"$ifNull": ["$sign_ins", 0]}, 1]
        }  # always changes the document, so that concurrent logins conflict

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
        """Set a new hash, remove all other login origins and end all sessions except that of the token `keep`.

        Returns the number of ended sessions. None if the hash has changed since `verified`.
        """
        too_many = 0
        while ended := await self._sessions.end_oldest(user):  # one transaction cannot end all of them
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
