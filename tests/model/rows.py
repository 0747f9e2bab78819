"""The rows of a feed's ranges, read in both ways: as `storage/feed/one_query.py` and `storage/feed/by_source.py` do.

The rows of a range are a superset of what the feed shows in it.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from tests.model.reading import Bounds
from tests.model.rules import Rules
from tests.model.store import Store


class Range(NamedTuple):
    """Rows from `low` on, newest first. `followees` are those among their authors and the accounts they answer."""

    rows: tuple[int, ...]
    low: int
    followees: frozenset[str]


class Rows:
    def __init__(self, store: Store, rules: Rules, reader: int, bounds: Bounds) -> None:
        self._posts = store.posts
        self._in_order = sorted(store.posts, reverse=True)
        self._bounds, self._rules, self._reading = bounds, rules, rules.reading
        self._edges = {author: push_from for (owner, author), push_from in store.edges.items() if owner == reader}
        self._remembered = {post: author for (owner, post), author in store.entries.items() if owner == reader}
        self._entries = sorted(self._remembered, reverse=True)
        self.floor = store.floors.get(reader, 0)
        self.has_relations = reader in store.has_relations
        self._unwanted = {edge[1] for edge, options in store.options.items() if edge[0] == reader and options[1]}
        self._unwanted.update(other for owner, other, _ in store.relations if owner == reader)

    def actor_of(self, row: int) -> str:
        """Return the author of the row. Without rule 6, an entry remembers who that is."""
        author = self._posts[row].author
        return author if self._rules.join_on_post else self._remembered.get(row, author)

    def of_each_source(self) -> Range:
        """Return the whole feed in one range, in which no source returns more than it must."""
        pulled = [
            row
            for row, post in self._posts.items()
            if row < self._edges.get(post.author, 0)
            or (post.author in self._edges and (post.in_flight or row < self.floor))
        ]
        delivered = [entry for entry in self._entries if entry >= self.floor and entry in self._posts]
        return self._range([*pulled, *delivered], 0)

    # -- in one query -------------------------------------------------------------------------------------------------

    def in_one_query(self, below: int, wanted: int) -> Range:
        limit = wanted + self._bounds.slack
        entries = [entry for entry in self._entries if entry < below][:limit]
        is_below_floor, is_full = below <= self.floor, len(entries) == limit and self._reading.low_of_entries
        low = 0 if is_below_floor else max(entries[-1], self.floor) if is_full else self.floor
        pushed_until = -1 if is_below_floor else low
        in_flight = {post.author for post in self._posts.values() if post.in_flight}
        authors = {a for a, push_from in self._edges.items() if push_from > pushed_until or a in in_flight}
        pulled = self._newest_by(authors, low, below, limit)
        delivered = [entry for entry in entries if entry in self._posts]
        if self._reading.low_of_pulled:
            low = max(low, _oldest_if_full(pulled, limit))
        return self._range([*pulled, *delivered], low)

    # -- source by source ---------------------------------------------------------------------------------------------

    def by_source(self, below: int, wanted: int) -> Iterator[Range]:
        limit = wanted + self._bounds.slack
        while below > self.floor:  # ends: each range ends lower
            part = self._between(below, limit)
            yield part
            below, limit = part.low, self._next_limit(limit)
        followees = self._wanted(self._edges)
        while below > 0:  # ends: each range ends lower
            rows = self._newest_by(followees, 0, below, limit)
            below = _oldest_if_full(rows, limit) if self._reading.low_below_floor else 0
            yield Range(tuple(rows), below, frozenset(followees))
            limit = self._next_limit(limit)

    def _between(self, below: int, limit: int) -> Range:
        entries = [entry for entry in self._entries if self.floor <= entry < below][:limit]
        low = entries[-1] if len(entries) == limit and self._reading.low_of_entries else self.floor
        in_flight, oldest = self._in_flight(low, below, limit)
        if self._reading.low_of_in_flight:
            low = max(low, oldest)
        rows = [row for row in {*entries, *in_flight} if row in self._posts]
        authors = self._wanted(author for author, push_from in self._edges.items() if push_from > low)
        pulled = self._newest_by(authors, low, below, limit)
        if self._reading.low_of_pulled:
            low = max(low, _oldest_if_full(pulled, limit))
        return self._range([*rows, *pulled], low)

    def _in_flight(self, low: int, below: int, limit: int) -> tuple[list[int], int]:
        some = [row for row in self._in_order if self._posts[row].in_flight]
        if len(some) <= self._bounds.few_in_flight:
            return [row for row in some if low <= row < below], low
        newest = self._newest_by(self._wanted(self._edges), low, below, limit, only_in_flight=True)
        return newest, _oldest_if_full(newest, limit)

    def _wanted(self, followees: Iterable[str]) -> set[str]:
        """Leave out those of whom the feed shows nothing."""
        if not (self.has_relations and self._reading.leaves_hidden_out):
            return set(followees)
        return set(followees) - self._unwanted

    def _next_limit(self, limit: int) -> int:
        return min(max(2 * limit, self._bounds.refill), self._bounds.max_batch)

    # -- both ---------------------------------------------------------------------------------------------------------

    def _newest_by(
        self, authors: Collection[str], low: int, below: int, limit: int, *, only_in_flight: bool = False
    ) -> list[int]:
        posts = self._posts
        found = (row for row in self._in_order if low <= row < below and posts[row].author in authors)
        return [row for row in found if posts[row].in_flight or not only_in_flight][:limit]

    def _range(self, rows: Iterable[int], low: int) -> Range:
        distinct = sorted({row for row in rows if row >= low}, reverse=True)
        accounts = {self.actor_of(row) for row in distinct} | {self._posts[row].answers for row in distinct}
        followees = frozenset(account for account in accounts if account is not None and account in self._edges)
        return Range(tuple(row for row in distinct if self.actor_of(row) in followees), low, followees)


def _oldest_if_full(rows: list[int], limit: int) -> int:
    return rows[-1] if len(rows) >= limit else 0
