"""Judges what a client has read by the records of all clients.

Other clients act during a read. So an event is *certain* if it was acknowledged before the read began and its end has
not been requested, and *possible* unless its end was acknowledged before the read began. A feed must show each certain
event that it shows if every possible one is there, and may show each possible event that it shows if only the certain
ones are there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from domain.ids import MAX_ID
from domain.records import Event, Post
from domain.visibility import Viewpoint
from tests.formulas import is_eligible
from tests.pipeline.clients import Shown
from tests.torture.books import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Pages from the top of a feed, read in an interval in which the reader's follows and relations did not change."""

    reader: str
    view: Viewpoint
    seen: list[Shown]
    is_whole: bool
    began: float
    ended: float


class Wrong(NamedTuple):
    read: Read
    problem: str
    events: list[int]


class Known(NamedTuple):
    """An event of the records."""

    event: Event
    is_certain: bool


def judge(read: Read, books: Mapping[int, Book]) -> Iterator[Wrong]:
    """Return all faults of the read by the clients' records. Call it right after the read."""
    ids = [shown.event for shown in read.seen]
    low = 0 if read.is_whole else min(ids, default=0)
    by_post: dict[int, list[Known]] = defaultdict(list)
    for known in _possible(read, books):
        if is_eligible(read.view, known.event):
            by_post[known.event.post.id].append(known)
    unsettled = {post for actor in read.view.follows if actor in books for post in books[actor].reposting}
    firsts = [min(some, key=lambda known: known.event.id) for post, some in by_post.items() if post not in unsettled]
    due = {first.event.id for first in firsts if first.is_certain and first.event.id >= low}
    certain = {
        post: min((known.event.id for known in some if known.is_certain), default=MAX_ID)
        for post, some in by_post.items()
    }
    yield from _wrong(read, "acknowledged and missing", due - set(ids))
    yield from _wrong(read, "not in descending order", [b for a, b in pairwise(ids) if a <= b])
    yield from _wrong(read, "gone and shown", [s.event for s in read.seen if _is_gone(s, books, read.began)])
    yield from _wrong(read, "never made", [s.event for s in read.seen if not _was_tried(s, books)])
    yield from _wrong(read, "not for the reader", [s.event for s in read.seen if not _is_for(read.view, s, books)])
    came_by = [s.event for s in read.seen if certain.get(s.post, MAX_ID) < s.event]
    yield from _wrong(read, "came by before", came_by)


def _possible(read: Read, books: Mapping[int, Book]) -> Iterator[Known]:
    """Return the possible events of the accounts that the reader follows."""
    for actor in read.view.follows:
        if actor not in books:
            continue
        book = books[actor]
        for post in book.posts:
            if not _ended_before(book.deleted.get(post), read.began):
                yield Known(Event.of(_post(post, book)), _is_certain(post, book, read.began))
        for repost, (post, author, _, at) in book.reposts.items():
            of = books[author]
            ends = (book.undone.get(repost), of.deleted.get(post))
            if not any(_ended_before(end, read.began) for end in ends):
                is_certain = at < read.began and repost not in book.undoing and _is_certain(post, of, read.began)
                yield Known(Event(id=repost, actor=actor, post=_post(post, of)), is_certain)


def _is_certain(post: int, book: Book, began: float) -> bool:
    return book.posts[post].at < began and post not in book.deleting


def _post(post: int, book: Book) -> Post:
    text = book.posts[post].key
    return Post(id=post, author=book.author, text=text, reply_to_author=book.tried[text])


def _ended_before(end: float | None, began: float) -> bool:
    return end is not None and end < began


def _is_gone(shown: Shown, books: Mapping[int, Book], began: float) -> bool:
    ends = [books[shown.author].deleted.get(shown.post) if shown.author in books else None]
    ends += [books[shown.actor].undone.get(shown.event) if shown.actor in books else None]
    return any(_ended_before(end, began) for end in ends)


def _was_tried(shown: Shown, books: Mapping[int, Book]) -> bool:
    if shown.author not in books or shown.actor not in books or shown.text not in books[shown.author].tried:
        return False
    if shown.event == shown.post:
        return shown.actor == shown.author
    book = books[shown.actor]
    made = book.reposts.get(shown.event)
    return shown.post in book.reposting if made is None else made.post == shown.post


def _is_for(view: Viewpoint, shown: Shown, books: Mapping[int, Book]) -> bool:
    answers = books[shown.author].tried.get(shown.text) if shown.author in books else None
    post = Post(id=shown.post, author=shown.author, text=shown.text, reply_to_author=answers)
    return is_eligible(view, Event(id=shown.event, actor=shown.actor, post=post))


def _wrong(read: Read, problem: str, events: Iterable[int]) -> Iterator[Wrong]:
    if found := sorted(events):
        yield Wrong(read, problem, found)
