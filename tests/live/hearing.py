"""Subscribers without a hub."""

from collections.abc import Callable
from typing import Any, cast

from domain.errors import Interrupted
from live.arrival import Arrival
from live.recent_arrivals import RecentArrivals
from live.subscriber import Subscriber
from live.subscribers import Subscribers
from tests.waiting import bounded

BOB = 9


def make_subscribers(lately: RecentArrivals | None = None, note_slow: Callable[[], None] = lambda: None) -> Subscribers:
    """Return subscribers whose arrivals have ids but no posts."""
    nothing = cast(Any, None)
    return Subscribers(make_arrival=lambda post: Arrival(nothing, post), note_slow=note_slow, lately=lately)


def drain(subscriber: Subscriber) -> list[int]:
    """Take and return all queued arrivals."""
    posts = []
    for _ in bounded():
        if not subscriber.waiting:
            break
        try:
            subscriber.take().send(None)
        except StopIteration as taken:
            posts.append(taken.value.number)
    return posts


def is_interrupted(subscriber: Subscriber) -> bool:
    try:
        subscriber.raise_if_ended()
    except Interrupted:
        return True
    return False
