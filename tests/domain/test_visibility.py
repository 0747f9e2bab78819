"""What a feed shows, compared with the formulas of docs/feed.md over random small worlds."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import pytest

from domain.records import Event, Post
from domain.visibility import FollowOptions, Viewpoint, first_sights, is_eligible
from tests import formulas

VIEWER = 1
ACCOUNTS = range(1, 7)
WORLDS = range(300)


class Small(NamedTuple):
    """A world of so few accounts and ids that all conditions meet, also at the very edge of the window."""

    view: Viewpoint
    events: Sequence[Event]
    repeat_after: int


def draw(seed: int) -> Small:
    dice = Random(seed)
    posts: list[Post] = []
    events: list[Event] = []
    for number in range(1, 31):
        actor = dice.choice(ACCOUNTS)
        if posts and dice.random() < 0.6:
            events.append(Event(id=number, actor=actor, post=dice.choice(posts[-4:])))
            continue
        answered = dice.choice(ACCOUNTS) if dice.random() < 0.5 else None
        posts.append(Post(id=number, author=actor, text="", reply_to_author=answered))
        events.append(Event(id=number, actor=actor, post=posts[-1]))

    def some(share: float) -> frozenset[int]:
        return frozenset(account for account in ACCOUNTS if account != VIEWER and dice.random() < share)

    follows = {
        account: FollowOptions(shows_reposts=dice.random() < 0.8, is_in_feed=dice.random() < 0.85)
        for account in some(0.7)
    }
    share = dice.choice((0, 0.15))
    view = Viewpoint(viewer=VIEWER, follows=follows, muted=some(share), blocked=some(share), blocked_by=some(share))
    return Small(view, events, dice.choice((1, 4, 9, 100)))


@pytest.mark.parametrize("order", ["oldest first", "newest first", "any order"])
def test_a_feed_shows_what_the_formulas_say(order: str) -> None:
    for seed in WORLDS:
        view, events, repeat_after = draw(seed)
        given = list(events) if order == "oldest first" else list(reversed(events))
        if order == "any order":
            Random(seed).shuffle(given)
        said = formulas.feed(view, events, repeat_after=repeat_after)
        assert first_sights(view, given, repeat_after=repeat_after) == said, f"seed {seed}"


def test_an_event_is_eligible_if_the_formulas_say_so() -> None:
    for seed in WORLDS:
        view, events, _ = draw(seed)
        for event in events:
            assert is_eligible(view, event) == formulas.is_eligible(view, event), f"seed {seed}: {event}"


def test_a_part_of_a_feed_needs_the_earlier_events_of_its_posts_and_no_others() -> None:
    for seed in WORLDS:
        view, events, repeat_after = draw(seed)
        whole = formulas.feed(view, events, repeat_after=repeat_after)
        low = Random(seed).randrange(32)
        part = [event for event in events if event.id >= low]
        posts = {event.post.id for event in part}
        earlier = [event for event in events if low - repeat_after <= event.id < low and event.post.id in posts]
        shown = first_sights(view, part, earlier=[*earlier, *part], repeat_after=repeat_after)
        assert shown == [event for event in whole if event.id >= low], f"seed {seed}"


@pytest.mark.parametrize("condition", sorted(formulas.ALL))
def test_these_worlds_notice_each_condition(condition: str) -> None:
    def differs(seed: int) -> bool:
        view, events, repeat_after = draw(seed)
        without = formulas.feed(view, events, repeat_after=repeat_after, without={condition})
        return without != first_sights(view, events, repeat_after=repeat_after)

    assert any(differs(seed) for seed in WORLDS)
