"""The index of connected viewers and their followees, step by step."""

import itertools
from collections.abc import Iterable

import pytest

from domain.errors import Interrupted
from live.recent_arrivals import RecentArrivals
from live.subscriber import WAITING_LIMIT, Subscriber
from live.subscribers import LONGEST_RETURN_MS, OVERTAKEN_S, Subscribers
from live.viewer import ConnectedViewer
from tests.live.hearing import BOB, drain, is_interrupted, make_subscribers

ANN, EVE, STAR = 1, 2, 3


@pytest.fixture
def slow() -> list[None]:
    return []


@pytest.fixture
def subscribers(slow: list[None]) -> Subscribers:
    return make_subscribers(note_slow=lambda: slow.append(None))


def subscribe(subscribers: Subscribers, followees: Iterable[int] = (), *, since: int | None = None) -> Subscriber:
    """Add a subscription of Bob. The first one loads his followees."""
    subscriber = Subscriber(viewer=BOB, token="secret", since=subscribers.place if since is None else since)
    viewer = subscribers.enter(subscriber)
    if not viewer.is_loaded:
        subscribers.load(viewer, list(followees))
    return subscriber


def bob(subscribers: Subscribers) -> ConnectedViewer:
    viewer = subscribers.find_viewer(BOB)
    assert viewer is not None
    return viewer


def arrive(subscribers: Subscribers, *posts: tuple[int, int]) -> None:
    for post, author in posts:
        subscribers.arrive(post=post, author=author)


def follow(subscribers: Subscribers, followee: int, *, edge: int, known: Iterable[int] = ()) -> None:
    """Announce and read a follow."""
    subscribers.change(bob(subscribers), followee, edge=edge, known=list(known))
    read(subscribers, followee, edge=edge)


def unfollow(subscribers: Subscribers, followee: int) -> None:
    subscribers.change(bob(subscribers), followee, edge=0)
    bob(subscribers).unsure.discard(followee)


def read(subscribers: Subscribers, followee: int, *, edge: int) -> None:
    bob(subscribers).unsure.discard(followee)
    subscribers.join(bob(subscribers), followee, edge=edge)


def test_posts_by_followees_arrive_each_once(subscribers: Subscribers) -> None:
    subscriber = subscribe(subscribers, [ANN])
    arrive(subscribers, (10, ANN), (11, EVE), (12, ANN), (10, ANN), (12, ANN))
    subscribers.arrive_late(post=12, author=ANN)
    subscribers.arrive_late(post=9, author=ANN)
    assert drain(subscriber) == [10, 12, 9]


def test_a_post_that_overtook_the_follow_arrives_and_older_posts_do_not(
    subscribers: Subscribers,
) -> None:
    subscriber = subscribe(subscribers)
    arrive(subscribers, (10, ANN), (20, ANN), (30, EVE), (5, ANN))
    follow(subscribers, ANN, edge=15, known=[10])
    arrive(subscribers, (50, ANN))
    assert drain(subscriber) == [20, 5, 50], "the order of ids does not matter"


def test_an_unannounced_edge_waits_for_its_announcement(subscribers: Subscribers) -> None:
    subscriber = subscribe(subscribers, [ANN])
    subscribers.change(bob(subscribers), ANN, edge=0)
    arrive(subscribers, (10, ANN))
    read(subscribers, ANN, edge=7)  # a later follow
    assert drain(subscriber) == []
    follow(subscribers, ANN, edge=7, known=[10])
    arrive(subscribers, (11, ANN))
    assert drain(subscriber) == [11]


def test_an_edge_whose_announcement_was_missed_counts_after_a_timeout(subscribers: Subscribers) -> None:
    subscriber = subscribe(subscribers, [ANN])
    subscribers.change(bob(subscribers), ANN, edge=0)
    arrive(subscribers, (10, ANN))
    read(subscribers, ANN, edge=7)
    subscribers.wait_no_longer(bob(subscribers), ANN)
    assert bob(subscribers).unsure == {ANN}
    read(subscribers, ANN, edge=7)
    subscribers.wait_no_longer(bob(subscribers), ANN)
    assert (drain(subscriber), bob(subscribers).unsure) == ([10], set())


def test_a_late_announcement_of_an_unfollow_ends_no_newer_follow(subscribers: Subscribers) -> None:
    subscriber = subscribe(subscribers, [ANN])
    follow(subscribers, ANN, edge=7)
    subscribers.change(bob(subscribers), ANN, edge=0)
    arrive(subscribers, (10, ANN))
    read(subscribers, ANN, edge=7)
    assert drain(subscriber) == [10]


def test_remembered_edges_of_one_followee_are_bounded(
    subscribers: Subscribers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory stays bounded if the viewer follows and unfollows the same account many times."""
    clock = itertools.count(1_000.0)  # each reading of the clock advances it by a second
    monkeypatch.setattr("live.subscribers.monotonic", lambda: next(clock))
    subscriber = subscribe(subscribers)
    for edge in range(1, 1_001):
        follow(subscribers, ANN, edge=edge, known=range(100))
        unfollow(subscribers, ANN)
    assert len(bob(subscribers).changes[ANN].edges) <= 2 * OVERTAKEN_S
    follow(subscribers, ANN, edge=1_001, known=[10])
    arrive(subscribers, (11, ANN))
    assert drain(subscriber) == [11]


def test_a_follow_announced_without_its_edge_by_an_older_version_counts(subscribers: Subscribers) -> None:
    subscriber = subscribe(subscribers)
    arrive(subscribers, (10, ANN))
    subscribers.change(bob(subscribers), ANN)
    read(subscribers, ANN, edge=7)
    assert drain(subscriber) == [10]


def test_a_refollow_delivers_nothing_twice(subscribers: Subscribers) -> None:
    subscriber = subscribe(subscribers, [ANN])
    arrive(subscribers, (10, ANN))
    unfollow(subscribers, ANN)
    arrive(subscribers, (11, ANN))
    follow(subscribers, ANN, edge=7)
    follow(subscribers, ANN, edge=7)
    arrive(subscribers, (12, ANN))
    assert drain(subscriber) == [10, 11, 12]


def test_nothing_from_before_the_subscription_arrives(subscribers: Subscribers) -> None:
    arrive(subscribers, (10, ANN))
    since = subscribers.place
    arrive(subscribers, (11, ANN))
    assert drain(subscribe(subscribers, [ANN], since=since)) == [11]


def test_subscriptions_of_one_viewer_share_followees_and_receive_their_own_posts(subscribers: Subscribers) -> None:
    one = subscribe(subscribers, [ANN])
    arrive(subscribers, (10, ANN))
    since = subscribers.place
    arrive(subscribers, (11, ANN))
    two = subscribe(subscribers, since=since)
    arrive(subscribers, (12, ANN))
    subscribers.leave(one)
    arrive(subscribers, (13, ANN))
    assert (drain(one), drain(two)) == ([10, 11, 12], [11, 12, 13])


def test_a_subscription_that_begins_during_a_change_of_follow_misses_nothing(subscribers: Subscribers) -> None:
    subscribe(subscribers, [ANN])
    since = subscribers.place
    arrive(subscribers, (10, ANN), (11, ANN))
    subscribers.change(bob(subscribers), ANN, edge=0)  # older than the current edge
    late = subscribe(subscribers, since=since)
    follow(subscribers, ANN, edge=7, known=[10])
    assert drain(late) == [11]


def test_followees_reread_after_a_gap_replace_the_old_ones(subscribers: Subscribers) -> None:
    subscriber = subscribe(subscribers, [ANN, EVE])
    arrive(subscribers, (10, STAR))
    subscribers.change(bob(subscribers), EVE, edge=0)  # read separately
    subscribers.load(bob(subscribers), [STAR, EVE], stale_since=0)
    arrive(subscribers, (11, ANN), (12, EVE), (13, STAR))
    assert drain(subscriber) == [10, 13]
    assert list(bob(subscribers).followees) == [STAR]


def test_a_viewer_that_has_left_is_removed(subscribers: Subscribers) -> None:
    subscriber = subscribe(subscribers, [ANN])
    gone = bob(subscribers)
    subscribers.leave(subscriber)
    subscribers.leave(subscriber)
    subscribers.load(gone, [ANN])
    subscribers.join(gone, EVE, edge=7)
    arrive(subscribers, (10, ANN), (11, EVE))
    assert (len(subscribers), subscribers.of_viewer(BOB), drain(subscriber)) == (0, [], [])


def test_a_subscription_that_is_read_too_slowly_is_interrupted(subscribers: Subscribers, slow: list[None]) -> None:
    subscriber = subscribe(subscribers, [ANN])
    arrive(subscribers, *((post, ANN) for post in range(WAITING_LIMIT)))
    assert not slow
    arrive(subscribers, *((post, ANN) for post in range(WAITING_LIMIT, WAITING_LIMIT + 10)))
    assert len(slow) == 1
    assert is_interrupted(subscriber)


def test_an_interruption_ends_earlier_subscriptions_and_spreads_their_retries(subscribers: Subscribers) -> None:
    since = subscribers.place
    here = [subscribe(subscribers, [ANN]) for _ in range(200)]
    subscribers.interrupt()
    pauses_ms = []
    for subscriber in here:
        with pytest.raises(Interrupted) as interrupted:
            subscriber.raise_if_ended()
        pauses_ms.append(interrupted.value.retry_after_ms)
    assert len(set(pauses_ms)) > 100
    assert 1_000 < max(pauses_ms) < 2_000 < LONGEST_RETURN_MS, "in proportion to the number of subscriptions"
    assert is_interrupted(subscribe(subscribers, since=since))
    assert not is_interrupted(subscribe(subscribers))


def test_a_forgotten_post_is_never_delivered_as_a_new_one() -> None:
    subscribers = make_subscribers(RecentArrivals(most=3))
    subscriber, other = subscribe(subscribers, [ANN]), Subscriber(viewer=8, token="secret", since=subscribers.place)
    subscribers.load(subscribers.enter(other), [EVE])
    begin = subscribers.place
    arrive(subscribers, (10, ANN), (30, ANN), (40, EVE))
    assert not is_interrupted(subscribe(subscribers, since=begin))
    arrive(subscribers, (50, EVE))
    assert is_interrupted(subscribe(subscribers, since=begin)), "it may need the first post"
    subscribers.arrive_late(post=20, author=EVE)  # certainly new, since only 10 has been forgotten
    assert drain(other) == [40, 50, 20]
    assert not is_interrupted(subscriber)
    late = subscribe(subscribers)
    since = subscribers.place
    subscribers.arrive_late(post=10, author=ANN)
    assert is_interrupted(subscriber)
    assert is_interrupted(late)
    assert is_interrupted(subscribe(subscribers, since=since)), "its request came earlier"
    assert not is_interrupted(subscribe(subscribers))
    assert not is_interrupted(other), "Eve's followers miss nothing"
