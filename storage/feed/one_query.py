"""Reads the rows of the first part of a page in one command, which joins the sources of `storage.feed.by_source`.

Commands cost this process more than their work costs the server: one command with seven joins takes a quarter of the
CPU time of six commands. It reads the range [low, high). From the newest end, `low` is the oldest of a page of entries,
or the floor:

    rows(v) in [low, high) =  posts of the entries(v) in it, whose author v follows
                            ∪ posts of the accounts that v follows and that are pulled or have something in flight

An account with a post in flight is pulled: all its posts in the range are read. They belong to the feed, since v
follows the account. So the query asks for accounts in flight (storage.feed.in_flight), not for posts. A range that
begins below the floor reaches to the end of history, and all followees are pulled. If as many pulled posts were found
as were asked for, `low` rises to the oldest of them.

From the oldest end, it is the same with the ends exchanged: `high` is above the newest of a page of entries, and falls
to the newest pulled post. A range that begins below the floor reaches to the floor.

Each join is bounded. If a bound is exceeded, there is no result, and the caller reads the sources one by one.

A page of few rows that are not shown is full after one such range. How many were not shown on the reader's last page
is remembered, and so many more rows are read the next time.

There are several queries for the same rows: for few followees without and with pulled posts, and for many followees
(storage.feed.few_followees, storage.feed.many_followees). A reader usually needs the one that it needed last. If that
one says that it does not suffice, the next one is asked, so a wrong guess costs one more command.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from cachetools import LRUCache

from domain.pages import ReadOrder
from storage.feed.feed_query import FeedQuery
from storage.feed.few_followees import of_few_followees
from storage.feed.many_followees import of_many_followees
from storage.feed.rows import FeedRange, ids_of, in_order
from storage.feed.spans import Span
from storage.mongo import ClientSession, Document, Mongo, Stage
from storage.session_claims import SessionClaim

KEPT = 20_000  # readers
STEP = 10  # rows; each number of rows has stages of its own
MOST_HIDDEN = 100  # rows


class Kind(Enum):
    """The queries, cheapest first."""

    FEW = auto()
    FEW_PULLED = auto()
    MANY = auto()


@dataclass(frozen=True, slots=True)
class Habit:
    """What the reader's last page needed. This is a hint: a wrong one costs another command."""

    kind: Kind = Kind.FEW_PULLED
    hidden: int = 0  # rows, in steps
    facts: bool = False


UNKNOWN = Habit()


@dataclass(frozen=True, slots=True)
class Top:
    """The first range of a page, and the reader's floor."""

    part: FeedRange
    floor: int


class FeedInOneQuery:
    def __init__(self, mongo: Mongo, *, repeat_after: int) -> None:
        self._mongo = mongo
        self._repeat_after = repeat_after
        # Whether the last page found a backlog. Also a hint, which all requests share.
        self._had_backlog = False
        self._habits = LRUCache[int, Habit](KEPT)  # by reader

    async def read(
        self,
        reader: int,
        span: Span,
        order: ReadOrder,
        *,
        wanted: int,
        snapshot: ClientSession,
        claim: SessionClaim | None = None,
    ) -> Top | None:
        """Return the first part of the page. From the newest end it may go on below the span.

        The `claim`, if any, is checked if the reader exists.

        None if a bound is exceeded, if an entry has the old format without its post, or if the reader does not exist.
        """
        habit = self._habits.get(reader, UNKNOWN)
        query = FeedQuery(reader, span, order, wanted, habit.hidden, claim)
        kind, is_backlog = habit.kind, self._had_backlog
        has_changed_sides = False
        while True:
            found = await self._mongo.find_row("users", self._stages(query, habit, kind, is_backlog), session=snapshot)
            if found is None:
                return None
            if claim is not None:
                claim.check(found["sessions"])
            self._had_backlog = found["is_backlog"]
            if found.get("too_many_edges"):
                kind = Kind.MANY
            elif not found["is_within_bounds"]:
                if found["is_known"] or has_changed_sides:
                    return None  # another bound is exceeded, which the other side shares
                is_backlog, has_changed_sides = not is_backlog, True
            elif kind is Kind.FEW and found["authors"]:
                kind = Kind.FEW_PULLED
            else:
                kind = Kind.FEW if kind is not Kind.MANY and not found["authors"] else kind
                top = _to_top(found, query)
                habit = self._habits.get(reader, UNKNOWN)
                self._habits[reader] = replace(habit, kind=kind, facts=top.part.needs_facts)
                return top

    def note_hidden(self, reader: int, rows: int) -> None:
        """Note how many rows of the reader's last page were not shown."""
        hidden = min(-(-rows // STEP) * STEP, MOST_HIDDEN)
        self._habits[reader] = replace(self._habits.get(reader, UNKNOWN), hidden=hidden)

    def _stages(self, query: FeedQuery, habit: Habit, kind: Kind, is_backlog: bool) -> Sequence[Stage]:
        if kind is Kind.MANY:
            return of_many_followees(query, is_backlog=is_backlog)
        repeat_after = self._repeat_after if habit.facts else None
        pulls = kind is Kind.FEW_PULLED
        return of_few_followees(query, is_backlog=is_backlog, pulls=pulls, facts_repeat_after=repeat_after)


def _to_top(found: Document, query: FeedQuery) -> Top:
    pulled, end, span, order = found.get("pulled", []), found["end"], query.span, query.order
    followed = {*found["followees"], *(row["author"] for row in pulled)}
    read = Span(end, span.high) if order is ReadOrder.NEWEST_FIRST else Span(span.low, end)
    complete = read.complete_for(ids_of(pulled), query.most, order)
    rows = [*pulled, *(row for row in found["delivered"] if row["author"] in followed)]
    joined = found if "relations" in found else None
    part = FeedRange(in_order(rows, complete, order), complete, followed, found["has_relations"], joined)
    return Top(part, found["floor"])
