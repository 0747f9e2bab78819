"""The clients' records: attempts, acknowledgements and their times."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic
from typing import NamedTuple


class Acknowledged(NamedTuple):
    key: str  # the post's text, which is unique
    began: float
    at: float


class Seen(NamedTuple):
    post: int
    author: int
    text: str


@dataclass
class Book:
    """The record of one author. Only the author's client writes it."""

    author: int
    tried: set[str] = field(default_factory=set)
    posts: dict[int, Acknowledged] = field(default_factory=dict)
    deleting: set[int] = field(default_factory=set)  # requested, whether or not it was acknowledged
    deleted: dict[int, float] = field(default_factory=dict)

    def live(self) -> list[int]:
        return [post for post in self.posts if post not in self.deleting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Pages from the top of a feed, read in an interval in which the reader's followees did not change."""

    reader: str
    followees: frozenset[int]
    seen: list[Seen]
    is_whole: bool
    began: float
    ended: float


class Wrong(NamedTuple):
    read: Read
    problem: str
    posts: list[int]


def judge(read: Read, books: dict[int, Book]) -> Iterator[Wrong]:
    """Return all faults of the read by the clients' records. Call it right after the read."""
    ids = [seen.post for seen in read.seen]
    low = 0 if read.is_whole else min(ids, default=0)
    followed = [books[author] for author in read.followees if author in books]
    due = {
        post
        for book in followed
        for post, acknowledged in book.posts.items()
        if post >= low and acknowledged.at < read.began and post not in book.deleting
    }
    gone = {post for book in followed for post, at in book.deleted.items() if at < read.began}
    yield from _wrong(read, "acknowledged and missing", due - set(ids))
    yield from _wrong(read, "deleted and shown", gone & set(ids))
    yield from _wrong(read, "not in descending order", [b for a, b in pairwise(ids) if a <= b])
    yield from _wrong(
        read, "by nobody followed", [seen.post for seen in read.seen if seen.author not in read.followees]
    )
    yield from _wrong(read, "never sent", [s.post for s in read.seen if not _was_tried(s, books)])


def _was_tried(seen: Seen, books: dict[int, Book]) -> bool:
    return seen.author in books and seen.text in books[seen.author].tried


def _wrong(read: Read, problem: str, posts: Iterable[int]) -> Iterator[Wrong]:
    if found := sorted(posts):
        yield Wrong(read, problem, found)


class Window(NamedTuple):
    """One fault, from its injection to the end of its repair."""

    fault: str
    began: float
    ended: float


AFTERMATH_S = 2.0


@dataclass
class Diary:
    """The faults of a run."""

    windows: list[Window] = field(default_factory=list)
    open: dict[str, float] = field(default_factory=dict)

    def begin(self, fault: str) -> None:
        self.open[fault] = monotonic()

    def end(self, fault: str) -> None:
        self.windows.append(Window(fault, self.open.pop(fault), monotonic()))

    def during(self, began: float, ended: float) -> set[str]:
        """Return the faults that may have affected the interval."""
        closed = {w.fault for w in self.windows if w.began <= ended and began <= w.ended + AFTERMATH_S}
        return closed | {fault for fault, at in self.open.items() if at <= ended}
