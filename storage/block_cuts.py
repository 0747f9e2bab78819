"""New blocks beside which a follow edge may still stand: a process has died between the block and the cut of the edges.

Each new block is noted in its own document, so a sweep cuts what a dead process has left. Reads hide the accounts from
each other even before that.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.relations import RelationKind
from storage.indexes import RELATIONS_UNCUT
from storage.mongo import Document, Mongo, committed

# After it, no request that began before the block still inserts an edge: requests have time limits.
CUT_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of `other` by `reader`."""

    reader: int
    other: int


class BlockCuts:
    def __init__(self, mongo: Mongo) -> None:
        self._relations = mongo.collection("relations")
        self._committed = committed(self._relations)

    async def claim_due(self, *, limit: int) -> list[Block]:
        """Return the blocks that are due, the oldest first, and make them due again later, if their task is lost."""
        due = self._committed.find({"cut_at": {"$lte": datetime.now(UTC)}}, {"reader": 1, "other": 1})
        found = await due.hint(RELATIONS_UNCUT).sort("cut_at", 1).limit(limit).to_list(limit)
        ids = [row["_id"] for row in found]
        # Not an upsert: a block that has ended since stays ended.
        await self._relations.update_many({"_id": {"$in": ids}}, {"$set": cut_later()})
        return [Block(row["reader"], row["other"]) for row in found]

    async def finish(self, block: Block) -> None:
        """Note that no edge stands beside the block."""
        key = {"reader": block.reader, "other": block.other, "kind": RelationKind.BLOCK.value}
        await self._relations.update_one(key, {"$unset": {"cut_at": ""}})


def cut_later() -> Document:
    """Return the field of a new block by which the sweep finds it."""
    return {"cut_at": datetime.now(UTC) + CUT_AGAIN_AFTER}
