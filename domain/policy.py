"""Policy: push or pull? Its answers become watermark moves; a stale one costs time, never a post."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FLOOD = 5  # posts of one author in flight, from which the next ones wait behind everybody else's
DEMOTE_BELOW = 0.8  # of the threshold: an account that hovers at the line does not move its edges to and fro


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    celebrity_threshold: int  # followers from which an account's edges are pulled
    feed_window: int  # entries kept per feed; older pages are pulled
    dormant_after: timedelta  # a reader silent for longer is not fanned out to

    @property
    def demote_below(self) -> float:
        return self.celebrity_threshold * DEMOTE_BELOW

    def should_be_celebrity(self, *, followers: int, is_celebrity: bool) -> bool:
        """True where an account's edges should be pulled."""
        return followers >= (self.demote_below if is_celebrity else self.celebrity_threshold)

    def silent_since(self, now: datetime) -> datetime:
        """Readers who last read a feed before then are dormant."""
        return now - self.dormant_after
