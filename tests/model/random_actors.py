"""Draws actors of all kinds."""

import random
from typing import Any

from tests.model.clean_up import clean, forget, trim
from tests.model.conversations import (
    be_blocked,
    block,
    choose,
    create_reply,
    create_repost,
    mute,
    mute_for_a_while,
    remove_reposts,
    unblock,
    unmute,
)
from tests.model.explore import Actor
from tests.model.fan_out import create_post, delete_post, deliver, start, sweep
from tests.model.replica_set import fail_over, outage, replicate
from tests.model.store import Options
from tests.model.watermarks import (
    deepen,
    demote,
    fill,
    follow,
    follow_again,
    promote,
    stop_pushing,
    unfollow,
    wake,
)

AUTHORS = ("a", "b")
STRANGERS = ("c", "1")  # an account that is seldom followed, and the first reader
IDS = range(10, 100)


class RandomActors:
    def __init__(self, dice: random.Random, readers: tuple[int, ...], posts: list[int], *, ids_come_back: bool) -> None:
        self._dice, self._readers, self._ids_come_back = dice, readers, ids_come_back
        self._posts = posts[:]  # all ids drawn so far

    def draw(self) -> Actor:
        return self._draw_conversation() if self._chance(0.3) else self._draw_delivery()

    def draw_id(self) -> int:
        """Draw a new id. If ids may be reused, it may be an old one."""
        if not (self._ids_come_back and self._chance(0.3)):
            self._posts.append(self._dice.choice([number for number in IDS if number not in self._posts]))
            return self._posts[-1]
        return self._dice.choice(self._posts)

    def _draw_delivery(self) -> Actor:
        reader, author = self._dice.choice(self._readers), self._dice.choice(AUTHORS)
        post = self._draw_post()
        chunks = tuple(self._dice.sample(range(3), self._dice.randint(1, 2)))
        depth = self._dice.choice((1, 2, 100))
        return self._one_of(
            (4, create_post, (None, author)),
            (6, start, (post,)),
            (6, deliver, (post, chunks)),
            (1, sweep, (post,)),
            (2, delete_post, (post,)),
            (2, follow, (reader, author)),
            (2, unfollow, (reader, author)),
            (2, follow_again, (reader, author)),
            (4, fill, (reader, depth)),
            (2, demote, (author, depth)),
            (2, wake, (reader, depth)),
            (1, deepen, (reader, author, self._dice.choice(IDS))),
            (1, promote, (author,)),
            (1, stop_pushing, (self._dice.choice((reader, author)),)),
            (2, trim, (reader, self._dice.randint(1, 3))),
            (2, forget, (reader, author)),
            (2, clean, (post,)),
            (2, replicate, ()),
            (1, fail_over, ()),
            (1, outage, ()),
        )

    def _draw_conversation(self) -> Actor:
        reader, author = self._dice.choice(self._readers), self._dice.choice(AUTHORS)
        anybody, post = self._dice.choice((*AUTHORS, *STRANGERS)), self._draw_post()
        options = Options(hides_reposts=self._chance(0.5), out_of_feed=self._chance(0.3))
        return self._one_of(
            (2, create_post, (None, self._dice.choice(STRANGERS))),
            (4, create_reply, (None, author, anybody)),
            (6, create_repost, (None, author, post)),
            (2, remove_reposts, (post,)),
            (2, follow, (reader, "c")),
            (1, unfollow, (reader, "c")),
            (1, mute, (reader, anybody)),
            (4, mute_for_a_while, (reader, author)),
            (6, unmute, (reader, author)),
            (1, block, (reader, anybody)),
            (1, unblock, (reader, anybody)),
            (4, be_blocked, (reader, anybody)),
            (2, choose, (reader, author, options)),
        )

    def _one_of(self, *weighted: tuple[int, Any, tuple[Any, ...]]) -> Actor:
        """Draw one of the programs by its weight. None among its arguments is replaced by a new id."""
        _, program, args = self._dice.choices(weighted, weights=[weight for weight, _, _ in weighted])[0]
        return Actor(program, tuple(self.draw_id() if arg is None else arg for arg in args))

    def _draw_post(self) -> int:
        return self._dice.choice(self._posts[-2:] if self._chance(0.7) else self._posts)

    def _chance(self, probability: float) -> bool:
        return self._dice.random() < probability
