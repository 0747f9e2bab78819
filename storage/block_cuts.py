"""New blocks beside which a follow edge may still stand: a process has died between the block and the cut of the edges.

Each new block is noted in its own document, so a sweep cuts what a dead process has left. Reads hide the accounts from
each other even before that.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.relations import RelationKind
from storage.due import claim_due
from storage.indexes import RELATIONS_UNCUT
from storage.mongo import Document, Mongo

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

    async def claim_due(self, *, limit: int) -> list[Block]:
        """Return the blocks that are due, the oldest first, and make them due again later, if their task is lost."""
        again_after, index = CUT_AGAIN_AFTER, RELATIONS_UNCUT
        found = await claim_due(self._relations, "cut_at", limit=limit, again_after=again_after, hint=index)
        return [Block(row["reader"], row["other"]) for row in found]

    async def finish(self, block: Block) -> None:
        """Note that no edge stands beside the block."""
        key = {"reader": block.reader, "other": block.other, "kind": RelationKind.BLOCK.value}
        await self._relations.update_one(key, {"$unset": {"cut_at": ""}})


def cut_later() -> Document:
    """Return the field of a new block by which the sweep finds it."""
    return {"cut_at": datetime.now(UTC) + CUT_AGAIN_AFTER}
