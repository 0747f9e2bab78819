"""The index of who is connected and follows whom, step by step."""

import itertools
from collections.abc import Iterable

import pytest

from domain.errors import Interrupted
from live.recent_arrivals import RecentArrivals
from live.subscriber import WAITING_LIMIT, Subscriber
from live.subscribers import LONGEST_RETURN_MS, OVERTAKEN_S, Subscribers
from live.viewer import ConnectedViewer
from tests.live.hearing import BOB, drain, is_interrupted, make_audience

ANN, EVE, STAR = 1, 2, 3


@pytest.fixture
def slow() -> list[None]:
    return []


@pytest.fixture
def audience(slow: list[None]) -> Subscribers:
    return make_audience(note_slow=lambda: slow.append(None))


def subscribe(audience: Subscribers, followees: Iterable[int] = (), *, since: int | None = None) -> Subscriber:
    """A subscription of Bob's; the first one has his followees read."""
    subscriber = Subscriber(viewer=BOB, token="secret", since=audience.place if since is None else since)
    viewer = audience.enter(subscriber)
    if not viewer.is_loaded:
        audience.load(viewer, list(followees))
    return subscriber


def bob(audience: Subscribers) -> ConnectedViewer:
    viewer = audience.find(BOB)
    assert viewer is not None
    return viewer


def arrive(audience: Subscribers, *posts: tuple[int, int]) -> None:
    for post, author in posts:
        audience.arrive(post=post, author=author)


def follow(audience: Subscribers, followee: int, *, edge: int, known: Iterable[int] = ()) -> None:
    """The follow is heard of, and read."""
    audience.change(bob(audience), followee, edge=edge, known=list(known))
    read(audience, followee, edge=edge)


def unfollow(audience: Subscribers, followee: int) -> None:
    audience.change(bob(audience), followee, edge=0)
    bob(audience).unsure.discard(followee)


def read(audience: Subscribers, followee: int, *, edge: int) -> None:
    bob(audience).unsure.discard(followee)
    audience.join(bob(audience), followee, edge=edge)


def test_posts_by_followees_arrive_each_once(audience: Subscribers) -> None:
    subscriber = subscribe(audience, [ANN])
    arrive(audience, (10, ANN), (11, EVE), (12, ANN), (10, ANN), (12, ANN))
    audience.arrive_late(post=12, author=ANN)
    audience.arrive_late(post=9, author=ANN)
    assert drain(subscriber) == [10, 12, 9]


def test_a_post_that_overtook_the_follow_before_it_arrives_and_those_known_before_do_not(audience: Subscribers) -> None:
    subscriber = subscribe(audience)
    arrive(audience, (10, ANN), (20, ANN), (30, EVE), (5, ANN))
    follow(audience, ANN, edge=15, known=[10])
    arrive(audience, (50, ANN))
    assert drain(subscriber) == [20, 5, 50], "whatever their ids are"


def test_an_edge_that_is_still_to_be_announced_waits_for_what_is_older_than_it(audience: Subscribers) -> None:
    subscriber = subscribe(audience, [ANN])
    audience.change(bob(audience), ANN, edge=0)
    arrive(audience, (10, ANN))
    read(audience, ANN, edge=7)  # a later follow
    assert drain(subscriber) == []
    follow(audience, ANN, edge=7, known=[10])
    arrive(audience, (11, ANN))
    assert drain(subscriber) == [11]


def test_an_edge_whose_announcement_was_missed_counts_after_a_while(audience: Subscribers) -> None:
    subscriber = subscribe(audience, [ANN])
    audience.change(bob(audience), ANN, edge=0)
    arrive(audience, (10, ANN))
    read(audience, ANN, edge=7)
    audience.wait_no_longer(bob(audience), ANN)
    assert bob(audience).unsure == {ANN}
    read(audience, ANN, edge=7)
    audience.wait_no_longer(bob(audience), ANN)
    assert (drain(subscriber), bob(audience).unsure) == ([10], set())


def test_an_unfollow_that_is_heard_of_after_the_next_follow_ends_nothing(audience: Subscribers) -> None:
    subscriber = subscribe(audience, [ANN])
    follow(audience, ANN, edge=7)
    audience.change(bob(audience), ANN, edge=0)
    arrive(audience, (10, ANN))
    read(audience, ANN, edge=7)
    assert drain(subscriber) == [10]


def test_what_is_kept_of_follows_of_one_account_is_what_may_still_matter(
    audience: Subscribers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the viewer follows and unfollows the same account."""
    clock = itertools.count(1_000.0)  # a second passes with each look at it
    monkeypatch.setattr("live.subscribers.monotonic", lambda: next(clock))
    subscriber = subscribe(audience)
    for edge in range(1, 1_001):
        follow(audience, ANN, edge=edge, known=range(100))
        unfollow(audience, ANN)
    assert len(bob(audience).changes[ANN].edges) <= 2 * OVERTAKEN_S
    follow(audience, ANN, edge=1_001, known=[10])
    arrive(audience, (11, ANN))
    assert drain(subscriber) == [11]


def test_a_follow_told_by_a_version_that_does_not_say_which_counts_all_the_same(audience: Subscribers) -> None:
    subscriber = subscribe(audience)
    arrive(audience, (10, ANN))
    audience.change(bob(audience), ANN)
    read(audience, ANN, edge=7)
    assert drain(subscriber) == [10]


def test_a_viewer_who_comes_back_gets_nothing_twice(audience: Subscribers) -> None:
    subscriber = subscribe(audience, [ANN])
    arrive(audience, (10, ANN))
    unfollow(audience, ANN)
    arrive(audience, (11, ANN))
    follow(audience, ANN, edge=7)
    follow(audience, ANN, edge=7)
    arrive(audience, (12, ANN))
    assert drain(subscriber) == [10, 11, 12]


def test_nothing_from_before_the_subscription_arrives(audience: Subscribers) -> None:
    arrive(audience, (10, ANN))
    since = audience.place
    arrive(audience, (11, ANN))
    assert drain(subscribe(audience, [ANN], since=since)) == [11]


def test_subscriptions_of_one_viewer_share_followees_and_each_gets_what_is_its_own(audience: Subscribers) -> None:
    one = subscribe(audience, [ANN])
    arrive(audience, (10, ANN))
    since = audience.place
    arrive(audience, (11, ANN))
    two = subscribe(audience, since=since)
    arrive(audience, (12, ANN))
    audience.leave(one)
    arrive(audience, (13, ANN))
    assert (drain(one), drain(two)) == ([10, 11, 12], [11, 12, 13])


def test_a_subscription_that_begins_while_a_follow_changes_gets_what_it_must(audience: Subscribers) -> None:
    subscribe(audience, [ANN])
    since = audience.place
    arrive(audience, (10, ANN), (11, ANN))
    audience.change(bob(audience), ANN, edge=0)  # of before the edge that there is
    late = subscribe(audience, since=since)
    follow(audience, ANN, edge=7, known=[10])
    assert drain(late) == [11]


def test_followees_read_again_after_a_gap_replace_those_before(audience: Subscribers) -> None:
    subscriber = subscribe(audience, [ANN, EVE])
    arrive(audience, (10, STAR))
    audience.change(bob(audience), EVE, edge=0)  # is read by itself
    audience.load(bob(audience), [STAR, EVE], stale_since=0)
    arrive(audience, (11, ANN), (12, EVE), (13, STAR))
    assert drain(subscriber) == [10, 13]
    assert list(bob(audience).followees) == [STAR]


def test_a_viewer_who_has_left_is_not_kept(audience: Subscribers) -> None:
    subscriber = subscribe(audience, [ANN])
    gone = bob(audience)
    audience.leave(subscriber)
    audience.leave(subscriber)
    audience.load(gone, [ANN])
    audience.join(gone, EVE, edge=7)
    arrive(audience, (10, ANN), (11, EVE))
    assert (len(audience), audience.of(BOB), drain(subscriber)) == (0, [], [])


def test_a_subscription_that_is_read_too_slowly_is_interrupted(audience: Subscribers, slow: list[None]) -> None:
    subscriber = subscribe(audience, [ANN])
    arrive(audience, *((post, ANN) for post in range(WAITING_LIMIT)))
    assert not slow
    arrive(audience, *((post, ANN) for post in range(WAITING_LIMIT, WAITING_LIMIT + 10)))
    assert len(slow) == 1
    assert is_interrupted(subscriber)


def test_an_interruption_ends_what_has_begun_before_and_spreads_the_return(audience: Subscribers) -> None:
    since = audience.place
    here = [subscribe(audience, [ANN]) for _ in range(200)]
    audience.interrupt()
    pauses_ms = []
    for subscriber in here:
        with pytest.raises(Interrupted) as interrupted:
            subscriber.raise_if_ended()
        pauses_ms.append(interrupted.value.retry_after_ms)
    assert len(set(pauses_ms)) > 100
    assert 1_000 < max(pauses_ms) < 2_000 < LONGEST_RETURN_MS, "in proportion to how many there are"
    assert is_interrupted(subscribe(audience, since=since))
    assert not is_interrupted(subscribe(audience))


def test_what_has_been_forgotten_is_never_taken_for_what_is_new() -> None:
    audience = make_audience(RecentArrivals(most=3))
    subscriber, other = subscribe(audience, [ANN]), Subscriber(viewer=8, token="secret", since=audience.place)
    audience.load(audience.enter(other), [EVE])
    begin = audience.place
    arrive(audience, (10, ANN), (30, ANN), (40, EVE))
    assert not is_interrupted(subscribe(audience, since=begin))
    arrive(audience, (50, EVE))
    assert is_interrupted(subscribe(audience, since=begin)), "it may have to get the first post"
    audience.arrive_late(post=20, author=EVE)  # certainly new: only 10 has been forgotten
    assert drain(other) == [40, 50, 20]
    assert not is_interrupted(subscriber)
    late = subscribe(audience)
    since = audience.place
    audience.arrive_late(post=10, author=ANN)
    assert is_interrupted(subscriber)
    assert is_interrupted(late)
    assert is_interrupted(subscribe(audience, since=since)), "its request came before"
    assert not is_interrupted(subscribe(audience))
    assert not is_interrupted(other), "Eve's followers miss nothing"
