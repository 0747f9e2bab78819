"""The watermarks of follow edges: the selection for fan-out, and moves between push and pull.

A move is one conditional update of each edge. One `update_many` moves a batch. Each command is bounded by its limit or
by one chunk of a fan-out, even for an account with millions of edges.
"""

from collections.abc import Collection as Ids
from collections.abc import Sequence
from dataclasses import dataclass

from domain.ids import MAX_ID
from domain.records import Chunk, Follow
from domain.watermarks import FILLING, NEVER, fresh_token
from storage.follows import ENDS, to_follow
from storage.indexes import FOLLOWS_FILLING, FOLLOWS_PUSHED
from storage.mongo import ClientSession, Document, Mongo, committed

PUSHED = {"$lt": NEVER}
IS_FILLING = {"$gte": FILLING, "$lt": NEVER}


@dataclass(frozen=True, slots=True)
class EdgeBatch:
    """The pulled edges of a batch."""

    pulled: Sequence[Follow]
    until: int | None  # the id of the batch's last edge; None after the last batch


class Edges:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._follows = mongo.collection("follows")
        self._committed = committed(self._follows)

    # -- fan-out ------------------------------------------------------------------------------------------------------

    async def plan(self, followee: int, *, chunk_size: int, session: ClientSession) -> list[Chunk]:
        """Cut the pushed followers into chunks of `chunk_size`. Together the chunks cover all possible follower ids."""
        chunks: list[Chunk] = []
        after = -1
        while True:
            pushed = {"followee": followee, "follower": {"$gt": after}, "push_from": PUSHED}
            cursor = self._committed.find(pushed, {"follower": 1, "_id": 0}, session=session).hint(FOLLOWS_PUSHED)
            boundary = await cursor.sort("follower", 1).skip(chunk_size - 1).limit(1).to_list(1)
            if boundary:
                until = boundary[0]["follower"]
                chunks.append(Chunk(number=len(chunks), after=after, until=until, size=chunk_size))
                after = until
                continue
            remaining = await self._committed.count_documents(pushed, hint=FOLLOWS_PUSHED, session=session)
            if remaining:
                chunks.append(Chunk(number=len(chunks), after=after, until=MAX_ID, size=remaining))
            elif chunks:  # the last chunk covers readers that follow later
                last = chunks.pop()
                chunks.append(Chunk(number=last.number, after=last.after, until=MAX_ID, size=last.size))
            return chunks

    async def pushed_followers(self, followee: int, chunk: Chunk, *, session: ClientSession) -> list[int]:
        """Return the current pushed followers of the chunk."""
        within = {"$gt": chunk.after, "$lte": chunk.until}
        pushed = {"followee": followee, "follower": within, "push_from": PUSHED}
        # One list takes a quarter of the driver's time for a document each. It may hold a million followers.
        listed: list[Document] = [{"$match": pushed}, {"$group": {"_id": None, "followers": {"$push": "$follower"}}}]
        found = await self._mongo.aggregate(self._committed, listed, session=session, hint=FOLLOWS_PUSHED)
        return list(found[0]["followers"]) if found else []

    async def find_pushed(self, followee: int, *, after: int, limit: int) -> list[int]:
        """Return pushed followers in the order of their ids, above the follower `after`."""
        pushed = {"followee": followee, "follower": {"$gt": after}, "push_from": PUSHED}
        cursor = self._follows.find(pushed, {"follower": 1, "_id": 0}).hint(FOLLOWS_PUSHED).sort("follower", 1)
        return [edge["follower"] async for edge in cursor.limit(limit)]

    # -- moves --------------------------------------------------------------------------------------------------------

    async def stop_pushing_author(self, followee: int, *, limit: int) -> bool:
        """Raise at most `limit` pushed edges of the author to NEVER. Return whether there may be more."""
        pushed = self._follows.find({"followee": followee, "push_from": PUSHED}, {"_id": 1}).hint(FOLLOWS_PUSHED)
        edges = [edge["_id"] async for edge in pushed.limit(limit)]
        await self.stop_pushing(edges)
        return len(edges) == limit

    async def stop_pushing(self, edges: Ids[int]) -> None:
        """Raise the edges to NEVER."""
        await self._follows.update_many({"_id": {"$in": list(edges)}}, {"$set": {"push_from": NEVER}})

    async def stop_pushing_reader(self, follower: int, *, limit: int) -> bool:
        """Raise at most `limit` pushed edges of the reader to NEVER. Return whether there may be more."""
        pushed = self._follows.find({"follower": follower, "push_from": PUSHED}, {"_id": 1})
        edges = [edge["_id"] async for edge in pushed.limit(limit)]
        await self.stop_pushing(edges)
        return len(edges) == limit

    async def pulled_of_author(self, followee: int, *, after: int, limit: int) -> EdgeBatch:
        """Examine the author's next `limit` edges, in the order of their ids, above the edge `after`."""
        return await self._pulled("followee", followee, after=after, limit=limit)

    async def pulled_of_reader(self, follower: int, *, after: int, limit: int) -> EdgeBatch:
        """Examine the reader's next `limit` edges, in the order of their ids, above the edge `after`."""
        return await self._pulled("follower", follower, after=after, limit=limit)

    async def _pulled(self, end: str, account: int, *, after: int, limit: int) -> EdgeBatch:
        """Examine `limit` edges.

        Limiting the pulled ones instead could scan millions of pushed edges between two of them.
        """
        cursor = self._follows.find({end: account, "_id": {"$gt": after}}, ENDS | {"push_from": 1})
        edges = await cursor.hint([(end, 1), ("_id", -1)]).sort("_id", 1).limit(limit).to_list(limit)
        pulled = [to_follow(edge) for edge in edges if edge["push_from"] == NEVER]
        return EdgeBatch(pulled, until=edges[-1]["_id"] if len(edges) == limit else None)

    async def find_filling_of_reader(self, follower: int, *, limit: int) -> list[int]:
        """Return ids of the reader's FILLING edges."""
        cursor = self._follows.find({"follower": follower, "push_from": IS_FILLING}, {"_id": 1}).limit(limit)
        return [edge["_id"] async for edge in cursor]

    async def find_filling_readers(self, *, limit: int) -> set[int]:
        """Return readers that have FILLING edges."""
        cursor = (
            self._follows.find({"push_from": IS_FILLING}, {"follower": 1, "_id": 0}).hint(FOLLOWS_FILLING).limit(limit)
        )
        return {edge["follower"] async for edge in cursor}

    async def mark_filling(self, edges: Ids[int], seen: Document | int, *, session: ClientSession) -> int:
        """Move the edges whose watermark matches `seen` to FILLING. Return the token of this run.

        It is safe to take over an edge from another run: the edge stays FILLING, and the last step of the other run
        finds another token and does nothing.
        """
        token = fresh_token()
        await self._follows.update_many(
            {"_id": {"$in": list(edges)}, "push_from": seen}, {"$set": {"push_from": token}}, session=session
        )
        return token

    async def find_marked(self, edges: Ids[int], token: int, *, session: ClientSession) -> list[Follow]:
        """Return the edges that hold the token."""
        cursor = self._committed.find({"_id": {"$in": list(edges)}, "push_from": token}, ENDS, session=session)
        return [to_follow(edge) async for edge in cursor]

    async def lower(self, edges: Ids[int], token: int, to: int, *, session: ClientSession) -> int:
        """Lower the edges that still hold the token to the post id `to`. Return how many."""
        lowered = await self._follows.update_many(
            {"_id": {"$in": list(edges)}, "push_from": token}, {"$set": {"push_from": to}}, session=session
        )
        return lowered.modified_count
