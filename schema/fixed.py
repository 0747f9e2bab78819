"""What never changes of a post, kept for its next readers.

The key is the post's id and its text. A request uses a kept part only if it has just read the same text. Authors,
counts and deliveries change, so they are not kept here.
"""

from functools import cached_property, lru_cache

from domain.ids import instant_of
from schema.global_ids import IdKind, encode
from schema.segment import Segment, segments_of

KEPT = 2_000  # posts; with one-line texts, some 2 kB each
LONGEST_KEPT = 1_000  # characters


class FixedPart:
    """The part of a post that follows from its id and its text."""

    def __init__(self, number: int, text: str) -> None:
        self.id = encode(IdKind.POST, number)
        self.cursor = encode(IdKind.POST_CURSOR, number)
        self.created_at = instant_of(number)
        self._text = text

    @cached_property
    def segments(self) -> list[Segment]:
        return segments_of(self._text)


def fixed_part(number: int, text: str) -> FixedPart:
    """Return the kept part of the post with this id and text, or a new one."""
    return _kept(number, text) if len(text) <= LONGEST_KEPT else FixedPart(number, text)


_kept = lru_cache(maxsize=KEPT)(FixedPart)
