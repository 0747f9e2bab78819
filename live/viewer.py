"""One connected account: its followees and its subscriptions, which share the followees."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from math import inf

from domain.announcements import NOT_SENT
from live.followings import IntegerSet
from live.subscriber import Subscriber

KEPT_CHANGES = 64  # beyond this number, changes that no longer matter are removed


@dataclass(slots=True)
class Change:
    """The announced changes of the viewer's edge to one followee.

    `left` is the place at which the followee's posts were last delivered, or 0 if they never were. `edges` maps
    announced edges to the posts that are older than the edge and the time of the announcement. `is_overdue` tells that
    the announcement of the current edge has not come in time.
    """

    at: float
    left: int = 0
    edges: dict[int, tuple[Collection[int], float]] = field(default_factory=dict)
    is_overdue: bool = False

    def announce(self, edge: int, known: Collection[int], *, at: float, keep_s: float) -> None:
        """Add an announced edge.

        Remove edges that were announced more than `keep_s` earlier; they are deleted by now.
        """
        recent = {one: told for one, told in self.edges.items() if told[1] >= at - keep_s}
        self.edges = recent | {edge: (frozenset(known), at)}

    def announced(self, edge: int) -> tuple[Collection[int], float] | None:
        """Return the older posts and the time of the edge's announcement. None if the announcement is still to come."""
        return self.edges.get(edge) or self.edges.get(NOT_SENT) or (((), self.at) if self.is_overdue else None)


@dataclass(slots=True, eq=False)
class ConnectedViewer:
    """A viewer with at least one subscription on this process.

    `stale_since` is the time since which changes of followees may be missed, or None. `unsure` holds followees whose
    edges must be reread. `mute_ends` is when the first mute ends that hides a followee for a time.
    """

    number: int
    subscribers: list[Subscriber] = field(default_factory=list)
    followees: IntegerSet = field(default_factory=IntegerSet)
    is_loaded: bool = False
    is_reading: bool = False
    stale_since: float | None = -inf
    unsure: set[int] = field(default_factory=set)
    changes: dict[int, Change] = field(default_factory=dict)
    mute_ends: datetime | None = None

    @property
    def must_read(self) -> bool:
        """Whether a subscriber waits for followees that must be reread."""
        return bool(self.subscribers) and (self.stale_since is not None or bool(self.unsure))

    def make_stale(self, since: float) -> None:
        self.stale_since = since if self.stale_since is None else min(since, self.stale_since)

    def note_change(self, followee: int, *, at: float, place: int, keep_s: float) -> Change:
        """Note that the edge has changed. Until it is reread, it counts as deleted."""
        change = self.changes.setdefault(followee, Change(at))
        change.at, change.is_overdue = at, False
        if followee in self.followees:
            change.left = place
        if len(self.changes) > KEPT_CHANGES:
            self._forget_changes(before=at - keep_s)
        return change

    def _forget_changes(self, *, before: float) -> None:
        """Remove changes so old that no late announcement of the same edge can need them."""
        self.changes = {
            followee: change
            for followee, change in self.changes.items()
            if followee in self.unsure or change.at >= before
        }
