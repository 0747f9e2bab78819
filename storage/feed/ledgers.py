"""The fan-out ledger of a post: the chunks that are not delivered yet.

A task writes the whole ledger once. Striking a chunk is one conditional update. A missing ledger is not an empty one:
the fan-out is not planned yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pymongo import ReturnDocument

from domain.records import Chunk
from storage.indexes import POSTS_IN_FLIGHT
from storage.mongo import ClientSession, Document, Mongo, committed

FLIGHT = {"author": 1, "ledger": 1, "reply_to_author": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInFlight:
    """A post in flight. `ledger` is None until the fan-out has been planned."""

    post: int
    author: int
    ledger: tuple[Chunk, ...] | None
    answers_another: bool  # a reply to a post of another account, which most followers do not see


@dataclass(frozen=True, slots=True)
class Backlog:
    """The posts in flight: their number, and the id of the oldest."""

    posts: int
    oldest: int | None


class Ledgers:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._committed = committed(self._posts)

    async def find_in_flight(self, post: int, *, session: ClientSession) -> PostInFlight | None:
        """Return the post in flight. None if it is deleted or its fan-out is complete."""
        found = await self._committed.find_one({"_id": post, "in_flight": True}, FLIGHT, session=session)
        return _to_flight(found) if found else None

    async def write_ledger(self, post: int, chunks: Sequence[Chunk], *, session: ClientSession) -> PostInFlight | None:
        """Write the ledger if the post has none, and return the post in flight with the ledger that it has then.

        If there are no chunks, the same write completes the post. Returns None if it is complete, or deleted.
        """
        plan: Document = {"targets": sum(chunk.size for chunk in chunks), "delivered": 0}
        change: Document = {"$set": plan}
        if chunks:
            plan["ledger"] = [_to_row(chunk) for chunk in chunks]
        else:
            plan["completed_at"] = datetime.now(UTC)
            change["$unset"] = {"in_flight": "", "sent_at": ""}
        written = await self._posts.find_one_and_update(
            {"_id": post, "in_flight": True, "ledger": {"$exists": False}},
            change,
            FLIGHT,
            return_document=ReturnDocument.AFTER,
            session=session,
        )
        if written:
            return _to_flight(written) if chunks else None
        return await self.find_in_flight(post, session=session)  # another run may have written its ledger first

    async def complete_empty(self, post: int, *, session: ClientSession) -> None:
        """Complete a post whose ledger is empty. Only damage from outside leaves such a post."""
        now = datetime.now(UTC)
        await self._posts.update_one(
            {"_id": post, "in_flight": True, "ledger": []},
            {"$set": {"completed_at": now}, "$unset": {"in_flight": "", "sent_at": "", "ledger": ""}},
            session=session,
        )

    async def strike_chunk(self, post: int, chunk: Chunk, *, session: ClientSession) -> bool:
        """Remove the chunk from the ledger and count it as delivered. Complete the post if it was the last chunk.

        Returns whether this call has completed the post.
        """
        is_last = {"$eq": ["$ledger", []]}
        struck = await self._posts.find_one_and_update(
            {"_id": post, "ledger.number": chunk.number},
            [
                {
                    "$set": {
                        "delivered": {"$add": ["$delivered", chunk.size]},
                        "ledger": {"$filter": {"input": "$ledger", "cond": {"$ne": ["$$this.number", chunk.number]}}},
                    }
                },
                {
                    "$set": {
                        "completed_at": {"$cond": [is_last, "$$NOW", "$$REMOVE"]},
                        "in_flight": {"$cond": [is_last, "$$REMOVE", "$in_flight"]},
                        "sent_at": {"$cond": [is_last, "$$REMOVE", "$sent_at"]},
                    }
                },
            ],
            {"in_flight": 1},
            return_document=ReturnDocument.AFTER,
            session=session,
        )
        return struck is not None and "in_flight" not in struck

    async def claim_overdue(self, *, older_than: timedelta, limit: int) -> list[PostInFlight]:
        """Return posts in flight whose tasks were last sent longer ago than that, and mark them as sent now.

        Two concurrent sweeps may both claim a post. Its tasks then run twice, which is harmless.
        """
        now = datetime.now(UTC)
        overdue = {"in_flight": True, "sent_at": {"$lt": now - older_than}}
        found = [_to_flight(post) async for post in self._posts.find(overdue).hint(POSTS_IN_FLIGHT).limit(limit)]
        await self._posts.update_many({"_id": {"$in": [flight.post for flight in found]}}, {"$set": {"sent_at": now}})
        return sorted(found, key=lambda flight: flight.post)

    async def has_backlog(self, author: int, *, at_least: int) -> bool:
        """Return whether at least that many posts of the author are in flight."""
        found = await self._posts.count_documents(
            {"author": author, "in_flight": True}, limit=at_least, hint=POSTS_IN_FLIGHT
        )
        return found >= at_least

    async def count_in_flight(self, *, limit: int) -> int:
        """Return the number of posts in flight, at most `limit`."""
        return await self._posts.count_documents({"in_flight": True}, limit=limit, hint=POSTS_IN_FLIGHT)

    async def measure_backlog(self, *, limit: int) -> Backlog:
        """Return the number of posts in flight, at most `limit`, and the oldest of those."""
        stages: list[Document] = [
            {"$match": {"in_flight": True}},
            {"$project": {"_id": 1}},
            {"$limit": limit},
            {"$group": {"_id": None, "posts": {"$sum": 1}, "oldest": {"$min": "$_id"}}},
        ]
        found = await self._mongo.aggregate(self._posts, stages, hint=POSTS_IN_FLIGHT)
        return Backlog(found[0]["posts"], found[0]["oldest"]) if found else Backlog(0, None)


def _to_row(chunk: Chunk) -> Document:
    return {"number": chunk.number, "after": chunk.after, "until": chunk.until, "size": chunk.size}


def _to_flight(document: Document) -> PostInFlight:
    rows = document.get("ledger")
    ledger = None if rows is None else tuple(Chunk(**row) for row in rows)
    author = document["author"]
    return PostInFlight(
        post=document["_id"],
        author=author,
        ledger=ledger,
        answers_another=document.get("reply_to_author", author) != author,
    )
