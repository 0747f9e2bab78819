"""The policy that decides between push and pull. Its decisions move watermarks.

A stale decision costs time, never a post.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FLOOD = 5  # posts of one author in flight; further posts of the author wait behind those of all others
DEMOTE_BELOW = 0.8  # share of the threshold: hysteresis for an account that hovers at the line


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    celebrity_threshold: int  # followers; edges to an account with as many or more are pulled
    feed_window: int  # entries kept per feed; older pages are pulled
    dormant_after: timedelta  # posts are not fanned out to a reader who has been silent for longer

    @property
    def demote_below(self) -> float:
        return self.celebrity_threshold * DEMOTE_BELOW

    def should_be_celebrity(self, *, followers: int, is_celebrity: bool) -> bool:
        """Return whether the account's edges should be pulled."""
        return followers >= (self.demote_below if is_celebrity else self.celebrity_threshold)

    def silent_since(self, now: datetime) -> datetime:
        """Return the time limit: readers who last read a feed before it are dormant."""
        return now - self.dormant_after
