"""Sessions, found by the SHA-256 of their token. The token itself is known to its owner alone."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from domain.records import Session
from storage.mongo import Mongo

TOKEN_BYTES = 32
MAX_TOKEN_CHARACTERS = 128


class Sessions:
    """A session ends `ttl_days` after its last use; to spare writes, that is noted once half of them have gone."""

    def __init__(self, mongo: Mongo, *, ttl_days: int) -> None:
        self._sessions = mongo.collection("sessions")
        self._ttl = timedelta(days=ttl_days)

    async def create(self, user: int) -> tuple[str, Session]:
        """The token, which is stored nowhere, and its session."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        session = Session(user=user, expires_at=_milliseconds(datetime.now(UTC)) + self._ttl)
        await self._sessions.insert_one({"_id": _digest(token), "user": user, "expires_at": session.expires_at})
        return token, session

    async def find(self, token: str) -> Session | None:
        """The live session, extended if it is due."""
        if len(token) > MAX_TOKEN_CHARACTERS or not token.isascii():
            return None
        now = datetime.now(UTC)
        found = await self._sessions.find_one({"_id": _digest(token)})
        if not found or found["expires_at"] <= now:
            return None
        expires_at = found["expires_at"]
        if expires_at - now < self._ttl / 2:
            expires_at = _milliseconds(now) + self._ttl
            await self._sessions.update_one({"_id": found["_id"]}, {"$set": {"expires_at": expires_at}})
        return Session(user=found["user"], expires_at=expires_at)

    async def end(self, token: str) -> bool:
        """Whether there was one to end."""
        return (await self._sessions.delete_one({"_id": _digest(token)})).deleted_count == 1


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _milliseconds(instant: datetime) -> datetime:
    """As precise as MongoDB keeps it."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
