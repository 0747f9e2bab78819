"""A session that a request presumes. The read that answers the request confirms it.

Whose a token is never changes, so a process remembers it. Whether the session lives is read each time. A request for
nothing but the feed has that read by the feed's own command, in the same snapshot, which saves a command a page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from storage.mongo import Document

NOTE_USE_EVERY = timedelta(hours=1)  # less often than each use, to save writes

READ = {"_id": 0, "number": 1, "user": 1, "last_used_at": 1, "expires_at": 1}  # what a claim needs of a session


@dataclass(slots=True)
class SessionClaim:
    """Presumes that the session of `account` lives. An answer may be sent only if a read has confirmed that."""

    account: int
    digest: bytes = field(repr=False)
    is_confirmed: bool = False

    @property
    def steps(self) -> list[Document]:
        """The steps with which an aggregation reads the session for `check`."""
        return [{"$match": {"_id": self.digest}}, {"$project": READ}]

    def check(self, found: Iterable[Document]) -> None:
        """Confirm the claim if its session was found, lives, and its last use need not be noted."""
        now = datetime.now(UTC)
        self.is_confirmed = any(
            each["user"] == self.account and is_live(each, now) and now - each["last_used_at"] < NOTE_USE_EVERY
            for each in found
        )


def is_live(session: Document, now: datetime) -> bool:
    """Return whether the stored session has not expired. One of an old format, without a number, does not live."""
    return "number" in session and session["expires_at"] > now
