"""One connected account: whom it follows, and its subscriptions. All of them share the followees."""

from collections.abc import Collection
from dataclasses import dataclass, field
from math import inf

from domain.announcements import NOT_SENT
from live.followings import IntegerSet
from live.subscriber import Subscriber

KEPT_CHANGES = 64  # those that may still matter come on top


@dataclass(slots=True)
class Change:
    """What has been heard of the viewer's edge to one followee.

    `left`: the place at which what the followee posts ceased to be handed over; 0 if that never began.
    `edges`: the edges that were announced, with the posts that are older than each and the time of the announcement.
    `is_overdue`: the announcement of the edge that there is has not come in time.
    """

    at: float
    left: int = 0
    edges: dict[int, tuple[Collection[int], float]] = field(default_factory=dict)
    is_overdue: bool = False

    def announce(self, edge: int, known: Collection[int], *, at: float, keep_s: float) -> None:
        """The edge is announced. Those that were announced so long before it are not there any more."""
        recent = {one: told for one, told in self.edges.items() if told[1] >= at - keep_s}
        self.edges = recent | {edge: (frozenset(known), at)}

    def announced(self, edge: int) -> tuple[Collection[int], float] | None:
        """None if its announcement is still to come, which may hold posts that are older than the edge."""
        return self.edges.get(edge) or self.edges.get(NOT_SENT) or (((), self.at) if self.is_overdue else None)


@dataclass(slots=True, eq=False)
class ConnectedViewer:
    """`stale_since`: the time since which a change of followees may have gone unheard; None if none may have.

    `unsure`: followees whose edges must be read again.
    """

    number: int
    subscribers: list[Subscriber] = field(default_factory=list)
    followees: IntegerSet = field(default_factory=IntegerSet)
    is_loaded: bool = False
    is_reading: bool = False
    stale_since: float | None = -inf
    unsure: set[int] = field(default_factory=set)
    changes: dict[int, Change] = field(default_factory=dict)

    @property
    def must_read(self) -> bool:
        """Whether somebody waits for what must be read again."""
        return bool(self.subscribers) and (self.stale_since is not None or bool(self.unsure))

    def make_stale(self, since: float) -> None:
        self.stale_since = since if self.stale_since is None else min(since, self.stale_since)

    def note_change(self, followee: int, *, at: float, place: int, keep_s: float) -> Change:
        """The followee is not one for now: the edge has changed."""
        change = self.changes.setdefault(followee, Change(at))
        change.at, change.is_overdue = at, False
        if followee in self.followees:
            change.left = place
        if len(self.changes) > KEPT_CHANGES:
            self._forget_changes(before=at - keep_s)
        return change

    def _forget_changes(self, *, before: float) -> None:
        """Those that no announcement of the same edge can follow any more, or only as if they had never been."""
        self.changes = {
            followee: change
            for followee, change in self.changes.items()
            if followee in self.unsure or change.at >= before
        }
