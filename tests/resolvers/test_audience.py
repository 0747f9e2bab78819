"""The index of who is connected and follows whom, step by step."""

from functools import partial

import pytest

from domain.errors import Interrupted
from resolvers.arrival import Arrival
from resolvers.audience import LATELY, WAITING_LIMIT, Audience, Subscriber
from storage import Storage

ANN, BOB, END = 1, 2, 3
THE_END = 2**60


@pytest.fixture
def slow() -> list[None]:
    return []


@pytest.fixture
def audience(storage: Storage, slow: list[None]) -> Audience:
    return Audience(make_arrival=partial(Arrival, storage), note_slow=lambda: slow.append(None))


@pytest.fixture
def subscriber(audience: Audience) -> Subscriber:
    subscriber = Subscriber(viewer=9, token="secret", since=audience.place)
    audience.enter(subscriber)
    audience.join(subscriber, {END})
    return subscriber


async def taken(audience: Audience, subscriber: Subscriber) -> list[int]:
    """All that has been handed over."""
    audience.arrive(post=THE_END, author=END)
    posts = [(await subscriber.take()).number]
    while posts[-1] != THE_END:
        posts.append((await subscriber.take()).number)
    return posts[:-1]


async def test_posts_by_followees_arrive_each_once(audience: Audience, subscriber: Subscriber) -> None:
    audience.join(subscriber, {ANN})
    for post, author in ((10, ANN), (11, BOB), (12, ANN), (10, ANN), (12, ANN)):
        audience.arrive(post=post, author=author)
    assert await taken(audience, subscriber) == [10, 12]


async def test_a_post_that_overtook_the_follow_before_it_arrives(audience: Audience, subscriber: Subscriber) -> None:
    for post, author in ((10, ANN), (20, ANN), (30, BOB), (40, ANN)):
        audience.arrive(post=post, author=author)
    audience.join(subscriber, {ANN}, after=15)
    audience.arrive(post=50, author=ANN)
    assert await taken(audience, subscriber) == [20, 40, 50]


async def test_who_comes_back_gets_nothing_twice(audience: Audience, subscriber: Subscriber) -> None:
    audience.join(subscriber, {ANN})
    audience.arrive(post=10, author=ANN)
    audience.part(subscriber, ANN)
    audience.arrive(post=11, author=ANN)
    audience.join(subscriber, {ANN})
    audience.join(subscriber, {ANN})
    audience.arrive(post=12, author=ANN)
    assert await taken(audience, subscriber) == [10, 11, 12]


async def test_nothing_from_before_the_subscription_arrives(audience: Audience) -> None:
    audience.arrive(post=10, author=ANN)
    late = Subscriber(viewer=9, token="secret", since=audience.place)
    audience.arrive(post=11, author=ANN)
    audience.enter(late)
    audience.join(late, {ANN, END})
    assert await taken(audience, late) == [11]


async def test_who_has_left_is_not_kept(audience: Audience, subscriber: Subscriber) -> None:
    audience.leave(subscriber)
    audience.join(subscriber, {ANN})
    audience.arrive(post=10, author=ANN)
    assert (len(audience), audience.of(9), subscriber.followees) == (0, [], set())


async def test_who_takes_too_slowly_is_interrupted(
    audience: Audience, subscriber: Subscriber, slow: list[None]
) -> None:
    for post in range(WAITING_LIMIT):
        audience.arrive(post=post, author=END)
    assert not slow
    for post in range(WAITING_LIMIT, WAITING_LIMIT + 10):
        audience.arrive(post=post, author=END)
    assert len(slow) == 1
    with pytest.raises(Interrupted):
        await subscriber.take()


async def test_what_is_missing_is_known(audience: Audience, subscriber: Subscriber) -> None:
    before = audience.place
    audience.interrupt()
    assert not audience.is_complete(since=before)
    assert audience.is_complete(since=audience.place)
    with pytest.raises(Interrupted):
        await subscriber.take()
    begin = audience.place
    for post in range(LATELY):
        audience.arrive(post=post, author=BOB)
    assert audience.is_complete(since=begin)
    audience.arrive(post=LATELY, author=BOB)
    assert not audience.is_complete(since=begin)
