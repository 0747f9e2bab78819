"""Deleted posts and reposts whose traces are still to be removed: reposts of them, and entries in feeds.

The transaction of a deletion notes it here, so no lost message can leave traces behind. Reads show nothing of what is
deleted even before that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pymongo import UpdateOne

from storage.due import claim_due
from storage.mongo import ClientSession, Mongo

# After it, no request still inserts a repost of the post, and no task still delivers it: both have time limits.
REMOVE_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Removal:
    """A deleted post or repost, by its id, and its author."""

    post: int
    author: int


class Removals:
    def __init__(self, mongo: Mongo) -> None:
        self._removals = mongo.collection("removals")

    async def note(self, removed: Sequence[Removal], *, within: ClientSession) -> None:
        """Note the deletions in the transaction that makes them."""
        due_at = datetime.now(UTC) + REMOVE_AGAIN_AFTER
        notes = [
            UpdateOne({"_id": one.post}, {"$set": {"author": one.author, "due_at": due_at}}, upsert=True)
            for one in removed
        ]
        if notes:
            await self._removals.bulk_write(notes, session=within)

    async def claim_due(self, *, limit: int) -> list[Removal]:
        """Return the removals that are due, the oldest first, and make them due again later, if their task is lost."""
        found = await claim_due(self._removals, "due_at", limit=limit, again_after=REMOVE_AGAIN_AFTER)
        return [Removal(row["_id"], row["author"]) for row in found]

    async def finish(self, post: int) -> None:
        """Forget the removal. Nothing is left to remove."""
        await self._removals.delete_one({"_id": post})
