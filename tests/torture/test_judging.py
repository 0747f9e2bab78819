"""The judge of torture accepts whatever a feed may show amid other clients' actions, and nothing else."""

from collections.abc import Callable, Iterable
from random import Random

import pytest

from domain.records import Event, Post
from domain.visibility import REPEAT_AFTER, FollowOptions, Viewpoint, ids_apart
from tests import formulas
from tests.pipeline.clients import Shown
from tests.torture.books import Acknowledged, Book, Reposted
from tests.torture.judging import Read, judge

READER = 100
AUTHORS = range(1, 6)
BEFORE, BEGAN, DURING, ENDED = 5.0, 10.0, 10.5, 11.0
WORLDS = 500


class RecordedWorld:
    """Random records. What they leave open is decided at random, so `events` are one of the possible truths."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.books = {author: Book(author) for author in AUTHORS}
        self.events: list[Event] = []
        self._posts: dict[int, Post] = {}  # with an acknowledgement
        for number in range(10, dice.randrange(20, 250), 10):
            if self._posts and dice.random() < 0.4:
                self._repost(number, dice.choice(list(self._posts.values())))
            else:
                self._post(number)
        self.view = Viewpoint(
            viewer=READER,
            follows={author: self._options() for author in AUTHORS if dice.random() < 0.7},
            muted=self._some(),
            blocked=self._some(),
        )

    def feed(self) -> list[Event]:
        return formulas.feed(self.view, self.events, repeat_after=ids_apart(REPEAT_AFTER))

    def problems(self, shown: Iterable[Event], *, is_whole: bool = True) -> set[str]:
        seen = [Shown(event.id, event.actor, event.post.id, event.post.author, event.post.text) for event in shown]
        read = Read(reader="r", view=self.view, seen=seen, is_whole=is_whole, began=BEGAN, ended=ENDED)
        return {wrong.problem for wrong in judge(read, self.books)}

    def _post(self, number: int) -> None:
        book = self.books[self.dice.choice(AUTHORS)]
        text, answered = f"post {number}", self.dice.choice([None, None, *AUTHORS])
        book.tried[text] = answered
        post = Post(id=number, author=book.author, text=text, reply_to_author=answered)
        at = self._acknowledged_at()
        if at is not None:
            book.posts[number] = Acknowledged(text, at, at)
            self._posts[number] = post
        if self._is_there(at, number, book.deleting, book.deleted):
            self.events.append(Event.of(post))

    def _repost(self, number: int, post: Post) -> None:
        book = self.books[self.dice.choice(AUTHORS)]
        if post.id in {made.post for made in book.reposts.values()} | book.reposting:
            return
        at = self._acknowledged_at()
        if at is None:
            book.reposting.add(post.id)
        else:
            book.reposts[number] = Reposted(post.id, post.author, at, at)
        is_there = self._is_there(at, number, book.undoing, book.undone)
        if is_there and any(event.id == post.id for event in self.events):
            self.events.append(Event(id=number, actor=book.author, post=post))

    def _acknowledged_at(self) -> float | None:
        return self.dice.choice([BEFORE] * 8 + [DURING, None])

    def _is_there(self, at: float | None, number: int, ending: set[int], ended: dict[int, float]) -> bool:
        """Record a request that ends it, perhaps with its acknowledgement. Return whether it is there meanwhile."""
        if at is not None and self.dice.random() < 0.2:
            ending.add(number)
            if end := self.dice.choice([BEFORE, DURING, None]):
                ended[number] = max(end, at)
        if number in ended and ended[number] < BEGAN:
            return False
        return self.dice.random() < 0.5 if at != BEFORE or number in ending else True

    def _options(self) -> FollowOptions:
        return FollowOptions(shows_reposts=self.dice.random() < 0.8, is_in_feed=self.dice.random() < 0.9)

    def _some(self) -> set[int]:
        return {other for other in (*AUTHORS, READER) if self.dice.random() < 0.1}


def recorded_worlds() -> Iterable[RecordedWorld]:
    return (RecordedWorld(Random(seed)) for seed in range(WORLDS))


def test_whatever_the_records_leave_open_is_accepted() -> None:
    read = 0
    for world in recorded_worlds():
        feed = world.feed()
        assert not world.problems(feed)
        assert not world.problems(feed[: 1 + len(feed) // 2], is_whole=len(feed) < 2)
        read += len(feed)
    assert read > 2 * WORLDS, "the feeds are not empty"


def lacks_one(world: RecordedWorld, feed: list[Event]) -> list[Event]:
    return [event for event in feed if event is not world.dice.choice(feed)] if feed else []


def is_in_another_order(_: RecordedWorld, feed: list[Event]) -> list[Event]:
    return feed[::-1]


def shows_one_twice(_: RecordedWorld, feed: list[Event]) -> list[Event]:
    return [*feed[:1], *feed]


def shows_a_foreign_post(_: RecordedWorld, feed: list[Event]) -> list[Event]:
    return [*feed, Event.of(Post(id=1, author=AUTHORS[0], text="never sent"))]


def shows_an_unknown_repost(world: RecordedWorld, feed: list[Event]) -> list[Event]:
    return [Event(id=1_000, actor=AUTHORS[0], post=world.events[0].post), *feed] if world.events else []


def shows_all_events(world: RecordedWorld, _: list[Event]) -> list[Event]:
    return sorted(world.events, key=lambda event: event.id, reverse=True)


def shows_what_is_gone(world: RecordedWorld, feed: list[Event]) -> list[Event]:
    gone = [
        Event.of(Post(id=post, author=book.author, text=book.posts[post].key))
        for book in world.books.values()
        for post, at in book.deleted.items()
        if at < BEGAN
    ]
    return sorted([*feed, *gone], key=lambda event: event.id, reverse=True)


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (lacks_one, "acknowledged and missing"),
        (is_in_another_order, "not in descending order"),
        (shows_one_twice, "not in descending order"),
        (shows_a_foreign_post, "never made"),
        (shows_an_unknown_repost, "never made"),
        (shows_all_events, "not for the reader"),
        (shows_all_events, "came by before"),
        (shows_what_is_gone, "gone and shown"),
    ],
)
def test_a_broken_feed_is_noticed(broken: Callable[[RecordedWorld, list[Event]], list[Event]], problem: str) -> None:
    noticed = sum(problem in world.problems(broken(world, world.feed())) for world in recorded_worlds())
    assert noticed > WORLDS / 10


def test_all_that_is_certain_is_due() -> None:
    """If the records leave nothing open, the judge accepts one feed only."""
    exact = 0
    for world in recorded_worlds():
        books = world.books.values()
        is_open = any(book.reposting or book.deleting or book.undoing for book in books)
        is_open |= any(len(book.tried) > len(book.posts) for book in books)
        is_open |= any(post.at > BEGAN for book in books for post in book.posts.values())
        is_open |= any(repost.at > BEGAN for book in books for repost in book.reposts.values())
        if is_open:
            continue
        exact += 1
        feed = world.feed()
        others = [[event for event in feed if event is not left_out] for left_out in feed]
        others += [
            sorted([*feed, event], key=lambda event: event.id, reverse=True)
            for event in world.events
            if event not in feed
        ]
        assert all(world.problems(other) for other in others)
    assert exact > WORLDS / 50
