"""Sessions. The key is the SHA-256 of the token. Only the owner knows the token itself."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from cachetools import LRUCache

from domain.callers import UNKNOWN
from domain.ids import instant_of
from domain.records import Session
from storage.indexes import SESSIONS_OF_USER
from storage.memory.batching import BatchingLoader
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Document, Mongo
from storage.session_claims import NOTE_USE_EVERY, SessionClaim, is_live

TOKEN_BYTES = 32
MAX_TOKEN_CHARACTERS = 128
MAX_AGE = timedelta(days=365)  # even if it is used all the time
MAX_SESSIONS = 100  # of one account
END_BATCH = 1_000  # sessions, in one transaction
REMEMBERED = 20_000  # whose session it is


class Sessions:
    """The sessions of all accounts.

    A session ends `ttl_days` after its last use, and MAX_AGE after it was opened. If an account has more than
    MAX_SESSIONS, the least recently used ones end.
    """

    def __init__(self, mongo: Mongo, ids: IdGenerator, *, ttl_days: int) -> None:
        self._sessions = mongo.collection("sessions")
        self._ids = ids
        self._ttl = timedelta(days=ttl_days)
        self._together = BatchingLoader(self._find_many)
        self._accounts = LRUCache[bytes, int](REMEMBERED)  # by digest; of live sessions, when they were last read

    @property
    def remembered(self) -> int:
        """The number of tokens whose account is remembered."""
        return len(self._accounts)

    async def create(
        self, user: int, *, client: str = UNKNOWN, within: ClientSession | None = None
    ) -> tuple[str, Session]:
        """Open a session. Return its token, which is not stored, and the session."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        number, now = self._ids.draw(), _now()
        document = {
            "_id": _digest(token),
            "number": number,
            "user": user,
            "client": client,
            "last_used_at": now,
            "expires_at": self._end_of(number, used_at=now),
        }
        await self._sessions.insert_one(document, session=within)
        return token, _to_session(document)

    async def find_by_token(self, token: str) -> Session | None:
        """Return the live session of the token. Record its use at most every NOTE_USE_EVERY."""
        if not _is_token(token):
            return None
        now, digest = _now(), _digest(token)
        found = await self._together.find(digest)
        if found is None or not is_live(found, now):
            self._accounts.pop(digest, None)
            return None
        self._accounts[digest] = found["user"]
        if now - found["last_used_at"] >= NOTE_USE_EVERY:
            noted = {"last_used_at": now, "expires_at": self._end_of(found["number"], used_at=now)}
            await self._sessions.update_one({"_id": found["_id"]}, {"$set": noted})
            found = found | noted
        return _to_session(found)

    def claim(self, token: str) -> SessionClaim | None:
        """Return a claim to the session of the token. None if `find_by_token` must tell whose it is."""
        if not _is_token(token):
            return None
        digest = _digest(token)
        account = self._accounts.get(digest)
        return None if account is None else SessionClaim(account, digest)

    async def _find_many(self, digests: Sequence[bytes]) -> dict[bytes, Document]:
        found = self._sessions.find({"_id": {"$in": digests}}).batch_size(len(digests) + 1)  # in one round trip
        return {each["_id"]: each async for each in found}

    async def find_by_user(self, user: int) -> list[Session]:
        """Return the live sessions of the user, the last used first."""
        live = self._sessions.find({"user": user, "number": {"$exists": True}, "expires_at": {"$gt": _now()}})
        last_used = live.hint(SESSIONS_OF_USER).sort("last_used_at", -1).limit(MAX_SESSIONS)
        return [_to_session(each) async for each in last_used]

    async def alive_among(self, tokens: Collection[str]) -> set[str]:
        """Return the tokens whose sessions are live. This does not count as a use."""
        digests = {_digest(token): token for token in tokens}
        alive = self._sessions.find(
            {"_id": {"$in": list(digests)}, "expires_at": {"$gt": datetime.now(UTC)}}, {"_id": 1}
        )
        return {digests[found["_id"]] async for found in alive}

    async def end_by_token(self, token: str) -> bool:
        """End the session of the token and return whether it existed."""
        return _is_token(token) and await self._end({"_id": _digest(token)}) > 0

    async def end_by_id(self, user: int, number: int) -> bool:
        """End the session and return whether the user had it."""
        return await self._end({"user": user, "number": number}) > 0

    async def end_others(self, user: int, *, keep: str, within: ClientSession | None = None) -> int:
        """End all sessions except that of the token `keep`. Return how many ended."""
        return await self._end({"user": user, "_id": {"$ne": _digest(keep)}}, within)

    async def end_oldest(self, user: int, *, keep: int | None = None, within: ClientSession | None = None) -> int:
        """End the least recently used sessions beyond MAX_SESSIONS, at most END_BATCH. Return how many ended.

        `keep` is the number of a session that stays even if its last use seems old, since clocks of processes differ.
        """
        others: Document = {"user": user}
        if keep is not None:
            others["number"] = {"$ne": keep}
        most = MAX_SESSIONS if keep is None else MAX_SESSIONS - 1
        beyond = self._sessions.find(others, {"_id": 1}, session=within)
        beyond = beyond.hint(SESSIONS_OF_USER).sort("last_used_at", -1).skip(most).limit(END_BATCH)
        oldest = [each["_id"] async for each in beyond]
        return await self._end({"_id": {"$in": oldest}}, within) if oldest else 0

    async def find_crowded(self, *, after: int, limit: int) -> tuple[list[int], int | None]:
        """Look at `limit` sessions of accounts with ids beyond `after`, in the order of the accounts.

        Returns the accounts with more than MAX_SESSIONS, and the account from which to continue. The latter is None
        after the last account. The limit must exceed MAX_SESSIONS.
        """
        covered = self._sessions.find({"user": {"$gt": after}}, {"user": 1, "_id": 0}).hint(SESSIONS_OF_USER)
        in_order = covered.sort([("user", 1), ("last_used_at", -1)]).limit(limit).batch_size(limit + 1)
        sessions = Counter([each["user"] async for each in in_order])
        users = list(sessions)
        crowded = [user for user in users if sessions[user] > MAX_SESSIONS]
        if sessions.total() < limit:
            return crowded, None
        is_known = (
            sessions[users[-1]] > MAX_SESSIONS
        )  # otherwise the batch may have cut off the last account's sessions
        return crowded, users[-1] if is_known else users[-2]

    async def _end(self, which: Document, within: ClientSession | None = None) -> int:
        """Delete sessions. Every session that ends before it expires is deleted here."""
        return (await self._sessions.delete_many(which, session=within)).deleted_count

    def _end_of(self, number: int, *, used_at: datetime) -> datetime:
        return min(used_at + self._ttl, instant_of(number) + MAX_AGE)


def _to_session(document: Document) -> Session:
    return Session(
        id=document["number"],
        user=document["user"],
        client=document["client"],
        last_used_at=document["last_used_at"],
        expires_at=document["expires_at"],
    )


def _is_token(text: str) -> bool:
    return len(text) <= MAX_TOKEN_CHARACTERS and text.isascii()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _now() -> datetime:
    """Return the time in UTC, rounded down to milliseconds, as MongoDB stores it."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
