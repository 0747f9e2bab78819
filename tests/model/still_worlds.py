"""Worlds at rest, of one reader and many posts: any state of them that the rules allow.

They are large enough for each source and each look-back to exceed its bound. Nothing happens in them but reads.
"""

import random
from functools import cache

from tests.model.feed import wrong_feed
from tests.model.reading import Bounds, Reading
from tests.model.rules import Rules
from tests.model.store import BLOCK, BLOCKED_BY, FILLING, MUTE, NEVER, Options, Post, Store

READER = 1
AUTHORS = "abcdefg"
POSTS = 60
MOST_WORLDS = 300  # in which a part of the read that is left out must be noticed
SIZES = (1, 2, 5, 20)  # of pages
STEP = 6  # at most, between two ids
BOUNDS = (
    Bounds(few_in_flight=0, most_read=8),
    Bounds(slack=0, few_in_flight=2, refill=3, max_batch=9, most_read=25, earlier=3, repeat_after=60),
    Bounds(slack=3, few_in_flight=200, refill=20, max_batch=50, most_read=200, earlier=200, repeat_after=10**6),
)


class StillWorld:
    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self.bounds = self._dice.choice(BOUNDS)
        self._last = 0

    def draw(self) -> Store:
        store = Store()
        self._draw_posts(store)
        was = dict(store.posts)
        for number in [number for number in store.posts if self._chance(0.08)]:
            del store.posts[number]
        share = self._dice.choice((0, 0.05, 0.3))
        for number, post in store.posts.items():
            store.posts[number] = post._replace(in_flight=self._chance(share))
        floor = store.floors[READER] = self._dice.choice((0, 0, self._dice.randint(0, self._last)))
        self._draw_edges(store)
        if self._chance(0.7):
            self._draw_relations(store)
        for number, post in was.items():
            if number >= floor and (self._is_promised(store, number) or self._chance(0.3)):
                store.entries[READER, number] = post.author
        return store

    def _draw_posts(self, store: Store) -> None:
        originals: list[int] = []
        for number in range(POSTS):
            self._last += self._dice.randint(1, STEP)
            author, kind = self._dice.choice((*AUTHORS, str(READER))), self._dice.random()
            post = Post(author, number)
            if originals and kind < 0.5:
                of = self._dice.choice(originals[-6:])
                if any((found.of, found.author) == (of, author) for found in store.posts.values()):
                    continue
                post = post._replace(of=of, of_author=store.posts[of].author)
            elif kind < 0.75:
                post = post._replace(answers=self._dice.choice((*AUTHORS, str(READER))))
            if post.of is None:
                originals.append(self._last)
            store.posts[self._last] = post

    def _draw_edges(self, store: Store) -> None:
        for author in AUTHORS:
            if self._chance(0.75):
                somewhere = self._dice.randint(0, self._last)
                store.edges[READER, author] = self._dice.choice((0, 0, somewhere, FILLING + 1, NEVER))

    def _draw_relations(self, store: Store) -> None:
        store.has_relations = frozenset({READER})
        for edge in store.edges:
            if self._chance(0.3):
                store.options[edge] = Options(self._chance(0.7), self._chance(0.4))
        store.relations = frozenset(
            (READER, author, kind) for author in AUTHORS for kind in (MUTE, BLOCK, BLOCKED_BY) if self._chance(0.06)
        )

    def _is_promised(self, store: Store, number: int) -> bool:
        post = store.posts.get(number)
        push_from = NEVER if post is None else store.edges.get((READER, post.author), NEVER)
        return post is not None and not post.in_flight and push_from < FILLING and number >= push_from

    def _chance(self, probability: float) -> bool:
        return self._dice.random() < probability


@cache
def wrong_in(seed: int, reading: Reading) -> str | None:
    """Return what is wrong with the pages in the world of this seed, if they are read so."""
    world = StillWorld(seed)
    return wrong_feed(world.draw(), Rules(reading=reading), READER, bounds=world.bounds, sizes=SIZES)


def wrong_with(source: str, reading: Reading) -> str | None:
    """Return what is wrong with the pages in the world with hidden rows of this source, if they are read so."""
    return wrong_feed(hidden_rows(source), Rules(reading=reading), READER)


def hidden_rows(source: str) -> Store:
    """Return a world in which one source is read up to its limit, and most of what it returns is hidden.

    Author "a" is in that source. Most of its posts answer a stranger. Author "b" is pushed and posts rarely.
    """
    store = Store()
    store.edges = {(READER, "a"): NEVER if source == "pulled" else 0, (READER, "b"): 0}
    store.floors[READER] = 1_000 if source == "below the floor" else 0
    for place in range(40):
        answers = None if place % 8 == 0 else "z"
        number, in_flight = 10 * place + 10, source == "in flight"
        store.posts[number] = Post("a", place, in_flight=in_flight, answers=answers)
        if place % 10 == 0:
            store.posts[number + 5] = Post("b", -place, in_flight=in_flight)
    for number, post in store.posts.items():
        if not post.in_flight and number >= store.floors[READER] and store.edges[READER, post.author] == 0:
            store.entries[READER, number] = post.author
    return store
