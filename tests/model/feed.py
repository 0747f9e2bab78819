"""The pages of a feed as `storage/feed/pages.py` reads them, and their comparison with the oracle."""

from collections.abc import Hashable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from tests.model.facts import Facts
from tests.model.oracle import TwoOpinions, oracle
from tests.model.reading import Bounds
from tests.model.rows import Range, Rows
from tests.model.rules import Rules
from tests.model.store import NEVER, Store

PAGE_SIZES = (1, 2)
MOST_PAGES = 500
SMALL = Bounds()


class Page(NamedTuple):
    items: list[int]
    has_next: bool
    end: int | None  # the id at which the reading stopped, if the page is short


class Pages:
    """The pages of one reader's feed, read in either of the two ways."""

    def __init__(self, store: Store, rules: Rules, reader: int, bounds: Bounds) -> None:
        self._rows = Rows(store, rules, reader, bounds)
        self._facts = Facts(store, rules, reader, bounds, self._rows)
        self._reading, self._bounds = rules.reading, bounds
        self._shown: dict[Range, list[int]] = {}

    def whole(self) -> list[int]:
        return self._facts.shown(self._rows.of_each_source())

    def page(self, first: int, before: int, *, at_once: bool) -> Page:
        found: list[int] = []
        read = 0
        for part in self._parts(before, first + 1, at_once=at_once):
            found += self._show(part)
            read += len(part.rows)
            if len(found) > first:
                return Page(found[:first], True, None)
            if part.low == 0:
                break
            if read >= self._bounds.most_read:
                return self._short(found, part.low, before)
        return Page(found, False, None)

    def _short(self, found: list[int], low: int, before: int) -> Page:
        if self._reading.short_says_end:
            return Page(found, self._reading.short_has_next, low)
        return Page(found, self._reading.short_has_next, found[-1] if found else before)

    def _parts(self, below: int, wanted: int, *, at_once: bool) -> Iterator[Range]:
        if at_once:
            top = self._rows.in_one_query(below, wanted)
            yield top
            below = top.low
        yield from self._rows.by_source(below, wanted)

    def _show(self, part: Range) -> list[int]:
        if part not in self._shown:
            self._shown[part] = self._facts.shown(part)
        return self._shown[part]


def wrong(store: Store, rules: Rules, known: dict[Hashable, str | None]) -> str | None:
    """Return what is wrong with the feeds or with the delivery that an author sees. `known` holds earlier results."""
    posts = frozenset((n, p.author, p.in_flight, p.of, p.of_author, p.answers) for n, p in store.posts.items())
    for reader in {reader for reader, _ in store.edges} | {reader for reader, _ in store.entries}:
        key = (posts, _key_of(store, reader))
        if key not in known:
            known[key] = wrong_feed(store, rules, reader)
        if known[key]:
            return known[key]
    for number, post in store.posts.items():
        if not post.in_flight and (post.ledger or post.delivered != post.targets):
            return f"post {number} is complete with {post.delivered} of {post.targets} delivered"
    return None


def wrong_feed(
    store: Store, rules: Rules, reader: int, *, bounds: Bounds = SMALL, sizes: Sequence[int] = PAGE_SIZES
) -> str | None:
    """Return what is wrong with the reader's pages, of any size and read in either way."""
    try:
        truth = oracle(store, reader, repeat_after=bounds.repeat_after)
    except TwoOpinions as opinions:
        return str(opinions)
    pages = Pages(store, rules, reader, bounds)
    if (whole := pages.whole()) != truth:
        return f"feed of {reader}: {_difference(whole, truth)}"
    for at_once, first in product((True, False), sizes):
        if found := _wrong_page(pages, first, truth, at_once=at_once):
            return f"feed of {reader}: {found}"
    return None


def _wrong_page(pages: Pages, first: int, truth: list[int], *, at_once: bool) -> str | None:
    """Return what is wrong with the pages, each of which begins at the end of the one before."""
    before = NEVER
    for _ in range(MOST_PAGES):
        page = pages.page(first, before, at_once=at_once)
        left = [event for event in truth if event < before]
        if page.end is None:
            expected, has_next = left[:first], len(left) > first
        else:
            expected, has_next = [event for event in left if event >= page.end], True
        if page.items != expected:
            return f"page of {first} below {before}: {_difference(page.items, expected)}"
        if page.has_next != has_next:
            return f"page of {first} below {before}: it says that it has {'a' if page.has_next else 'no'} next page"
        if not has_next:
            return None
        before = page.items[-1] if page.end is None else page.end
    return f"pages of {first} never end"


def _difference(read: list[int], truth: list[int]) -> str:
    lost, extra = sorted(set(truth) - set(read)), sorted(set(read) - set(truth))
    return ", ".join(f"{name} {posts}" for name, posts in (("lost", lost), ("extra", extra)) if posts)


def _key_of(store: Store, reader: int) -> Hashable:
    return (
        reader,
        frozenset((edge, at, store.options.get(edge)) for edge, at in store.edges.items() if edge[0] == reader),
        frozenset((row, author) for row, author in store.entries.items() if row[0] == reader),
        frozenset(relation for relation in store.relations if relation[0] == reader),
        reader in store.has_relations,
        store.floors.get(reader, 0),
    )
