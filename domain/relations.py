"""Relations: what one account has decided about another."""

from enum import Enum


class RelationKind(Enum):
    """BLOCKED_BY is the mirror of BLOCK, so that a read asks one index, from the reader's side."""

    MUTE = "MUTE"
    BLOCK = "BLOCK"
    BLOCKED_BY = "BLOCKED_BY"
