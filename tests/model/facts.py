"""The facts about the rows of a range, and the decision which rows are shown: as `storage/feed/facts.py` reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.records import Event
from domain.visibility import DEFAULT_OPTIONS, Viewpoint, first_sights
from tests import formulas
from tests.model.oracle import account_of, events_of, to_post, viewpoint
from tests.model.reading import Bounds
from tests.model.rows import Range, Rows
from tests.model.rules import Rules
from tests.model.store import Store


class Facts:
    def __init__(self, store: Store, rules: Rules, reader: int, bounds: Bounds, rows: Rows) -> None:
        self._store, self._reader, self._bounds, self._rows = store, reader, bounds, rows
        self._reading = rules.reading

    def shown(self, part: Range) -> list[int]:
        """Return the rows of the range that the feed shows, newest first."""
        posts = self._store.posts
        reposts = [row for row in part.rows if posts[row].of is not None]
        if not self._rows.has_relations and not reposts:
            follows = {account_of(followee): DEFAULT_OPTIONS for followee in part.followees}
            return self._decide(Viewpoint(viewer=account_of(self._reader), follows=follows), part.rows, [])
        originals = {of for row in reposts if (of := posts[row].of) in posts}
        earlier = self._earlier(reposts)
        named = {posts[row].author for row in (*part.rows, *earlier)}
        named.update(answered for row in (*part.rows, *originals) if (answered := posts[row].answers))
        named.update(author for row in part.rows if (author := posts[row].of_author))
        named.update(self._rows.actor_of(row) for row in part.rows)
        view = viewpoint(self._store, self._reader, among=named)
        return self._decide(view, part.rows, [*originals, *earlier] if self._reading.looks_below else [])

    def _earlier(self, reposts: list[int]) -> list[int]:
        """Return earlier reposts of the same posts: all at once, or post by post if they are many."""
        posts, repeat_after, most = self._store.posts, self._bounds.repeat_after, self._bounds.earlier
        of = {posts[row].of for row in reposts}
        low, high = min(reposts, default=0) - repeat_after, max(reposts, default=0)
        found = [row for row in posts if posts[row].of in of and low <= row < high and posts[row].of is not None]
        if len(found) <= most:
            return found
        found = []
        for post in of:
            some = [row for row in reposts if posts[row].of == post]
            all_of_it = [row for row in posts if posts[row].of == post]
            within = [row for row in all_of_it if min(some) - repeat_after <= row < max(some)]
            by_followees = [row for row in all_of_it if (self._reader, posts[row].author) in self._store.edges]
            found += within if len(within) <= most else by_followees
        return found

    def _decide(self, view: Viewpoint, rows: Sequence[int], others: Sequence[int]) -> list[int]:
        events, earlier = list(self._events(rows)), list(self._events(others))
        repeat_after, without = self._bounds.repeat_after, self._reading.without
        if not without:
            return [event.id for event in first_sights(view, events, earlier=earlier, repeat_after=repeat_after)]
        among = {event.id for event in events}
        shown = formulas.feed(view, [*events, *earlier], repeat_after=repeat_after, without=without)
        return [event.id for event in shown if event.id in among]

    def _events(self, rows: Sequence[int]) -> Iterable[Event]:
        posts = self._store.posts
        for event in events_of(rows, posts):
            actor = account_of(self._rows.actor_of(event.id))
            yield event if actor == event.actor else replace(event, actor=actor)
        if not self._reading.joins_originals:
            for row in rows:
                of, author = posts[row].of, posts[row].of_author
                if of is not None and author is not None and of not in posts:
                    yield Event(id=row, actor=account_of(posts[row].author), post=to_post(of, author, None))
