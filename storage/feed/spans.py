"""Spans of ids. A feed is read span by span, from its newest end or from its oldest one."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.pages import ReadOrder


@dataclass(frozen=True, slots=True)
class Span:
    """The ids from `low` on and below `high`."""

    low: int
    high: int

    def __contains__(self, number: int) -> bool:
        return self.low <= number < self.high

    @property
    def is_empty(self) -> bool:
        return self.low >= self.high

    def complete_for(self, ids: Sequence[int], limit: int, order: ReadOrder) -> "Span":
        """Return the part in which `ids` are all that a source has. It was read in this order, up to a limit."""
        if len(ids) < limit:
            return self
        if order is ReadOrder.NEWEST_FIRST:
            return Span(max(self.low, ids[-1]), self.high)
        return Span(self.low, min(self.high, ids[-1] + 1))

    def beyond(self, part: "Span", order: ReadOrder) -> "Span":
        """Return what is left of the span when a part at the end at which the read begins has been read."""
        return Span(self.low, part.low) if order is ReadOrder.NEWEST_FIRST else Span(part.high, self.high)
