"""What an audit looks for, in words and numbers."""

from collections import Counter
from enum import Enum


class Kind(Enum):
    MISSING = "entries missing"
    EXTRA = "entries extra"
    LOST = "posts that a feed, as read, lacks"
    FOREIGN = "posts that a feed, as read, should not hold"
    DOUBLED = "posts that a feed, as read, holds twice"
    STUCK = "ledgers stuck"
    COUNTS = "counts off"


Findings = Counter[Kind]


def table(found: Findings) -> str:
    """A line for each kind."""
    return "\n".join(f"{found[kind]:>10,}  {kind.value}" for kind in Kind)
