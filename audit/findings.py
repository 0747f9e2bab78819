"""The findings of an audit."""

from collections import Counter
from enum import Enum


class FindingKind(Enum):
    MISSING = "entries missing"
    LOST = "posts that a feed, as read, lacks"
    FOREIGN = "posts that a feed, as read, should not hold"
    DOUBLED = "posts that a feed, as read, holds twice"
    STUCK = "ledgers stuck"
    COUNTS = "counts off"
    SUMS = "sums off, of likes, replies, reposts, quotes or posts"
    NOT_FOUND = "posts that tags or search do not find by their texts"
    NOTIFIES = "posts, reposts, likes and follows that notify wrongly"
    NOT_HELD = "pictures of posts that the clean-up would delete"
    NO_FILE = "pictures of posts that lack a file"
    NO_POST = "files without a picture, which no post shows"
    LEFTOVER = "leftover entries, which no read shows"


HARMLESS = {FindingKind.LEFTOVER, FindingKind.NO_POST}
LASTING = {FindingKind.NO_FILE}  # no repair brings a lost file back

Findings = Counter[FindingKind]


def damage(found: Findings) -> int:
    """Return the number of findings that can make an answer wrong."""
    return sum(number for kind, number in found.items() if kind not in HARMLESS)


def table(found: Findings) -> str:
    """Return the findings as text, one line for each kind."""
    return "\n".join(f"{found[kind]:>10,}  {kind.value}" for kind in FindingKind)
