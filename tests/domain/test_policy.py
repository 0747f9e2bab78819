"""The celebrity threshold has a hysteresis."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import Policy


def make_policy(*, celebrity_threshold: int = 10, feed_window: int = 100) -> Policy:
    return Policy(celebrity_threshold=celebrity_threshold, feed_window=feed_window, dormant_after=timedelta(days=30))


@pytest.mark.parametrize(("followers", "becomes"), [(0, False), (9, False), (10, True), (11, True)])
def test_an_account_becomes_a_celebrity_at_the_threshold(followers: int, becomes: bool) -> None:
    assert make_policy().should_be_celebrity(followers=followers, is_celebrity=False) is becomes


@pytest.mark.parametrize(("followers", "stays"), [(10, True), (9, True), (8, True), (7, False), (0, False)])
def test_a_celebrity_stays_one_until_a_fifth_of_the_followers_has_gone(followers: int, stays: bool) -> None:
    assert make_policy().should_be_celebrity(followers=followers, is_celebrity=True) is stays


@given(st.integers(1, 10**9), st.integers(0, 2 * 10**9), st.booleans())
def test_a_decision_does_not_change_when_it_is_applied(threshold: int, followers: int, is_celebrity: bool) -> None:
    policy = make_policy(celebrity_threshold=threshold)
    wanted = policy.should_be_celebrity(followers=followers, is_celebrity=is_celebrity)
    assert policy.should_be_celebrity(followers=followers, is_celebrity=wanted) is wanted


@given(st.integers(1, 10**9))
def test_an_account_without_followers_is_never_a_celebrity(threshold: int) -> None:
    policy = make_policy(celebrity_threshold=threshold)
    assert not policy.should_be_celebrity(followers=0, is_celebrity=True)
    assert not policy.should_be_celebrity(followers=0, is_celebrity=False)
