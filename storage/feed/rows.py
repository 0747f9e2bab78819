"""Rows: documents of `posts` that a range of a feed is decided from. A superset of what the range shows."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from domain.pages import ReadOrder
from domain.records import Event, Post
from storage.feed.spans import Span
from storage.mongo import Document
from storage.post_documents import to_post


@dataclass(frozen=True, slots=True)
class FeedRange:
    """Rows of a span of ids: every event in it that the reader may see is among them.

    `followees` has the followees among the authors of the rows and the accounts that they answer, and may have others.
    Without `has_relations` the reader has no relations and no options of follows. `joined` has the facts that the query
    has joined, for `storage.feed.facts.joined_facts`.
    """

    rows: list[Document]
    span: Span
    followees: Set[int]
    has_relations: bool
    joined: Document | None = None

    @property
    def needs_facts(self) -> bool:
        """Whether more than the rows and the followees decides what is shown."""
        return self.has_relations or any(is_repost(row) for row in self.rows)


def in_order(rows: Iterable[Document], span: Span, order: ReadOrder) -> list[Document]:
    """Return the distinct rows of the span."""
    distinct = {row["_id"]: row for row in rows if row["_id"] in span}
    return [distinct[number] for number in sorted(distinct, reverse=order is ReadOrder.NEWEST_FIRST)]


def ids_of(rows: Iterable[Document]) -> list[int]:
    return [row["_id"] for row in rows]


def is_repost(row: Document) -> bool:
    return row.get("repost_of") is not None


def accounts_of(rows: Iterable[Document]) -> set[int]:
    """Return the authors of the rows and the accounts that they answer."""
    accounts = {row["author"] for row in rows}
    return accounts.union(row["reply_to_author"] for row in rows if row.get("reply_to_author") is not None)


def to_event(row: Document) -> Event:
    """Return the event of a row that is no repost."""
    return Event.of(to_post(row))


def to_events(rows: Iterable[Document], posts: Mapping[int, Post]) -> Iterator[Event]:
    """Return the rows as events, without reposts of what is gone."""
    for row in rows:
        if not is_repost(row):
            yield to_event(row)
        elif post := posts.get(row["repost_of"]):
            yield Event(id=row["_id"], actor=row["author"], post=post)
