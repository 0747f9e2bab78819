"""The rate limiter of one process: exact at the limit, correct about the wait, bounded in memory."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.rates import Rate
from storage.memory.rate_limits import LocalRateLimiter
from tests.waiting import bounded

RATE = Rate(5, per_s=10)


def test_the_full_amount_is_admitted_at_once_and_no_more() -> None:
    buckets = LocalRateLimiter()
    assert [buckets.take("ann", RATE, now=100.0) for _ in range(5)] == [0.0] * 5
    assert buckets.take("ann", RATE, now=100.0) == 2.0, "one fifth of the span"
    assert buckets.take("bob", RATE, now=100.0) == 0.0, "no other key has to wait"


def test_after_the_wait_one_more_is_admitted_and_not_before() -> None:
    buckets = LocalRateLimiter()
    wait_s = next(wait_s for _ in bounded() if (wait_s := buckets.take("ann", RATE, now=100.0)))
    assert buckets.take("ann", RATE, now=100.0 + wait_s - 0.01) > 0
    assert buckets.take("ann", RATE, now=100.0 + wait_s) == 0.0
    assert buckets.take("ann", RATE, now=100.0 + wait_s) > 0


@given(
    st.integers(1, 50),
    st.integers(1, 3_600),
    st.lists(st.fractions(0, 10, max_denominator=64), min_size=1, max_size=200),
)
def test_no_span_admits_more_than_twice_the_amount(amount: int, per_s: int, pauses: list[Fraction]) -> None:
    """A span admits a full bucket at its start and the amount that refills meanwhile."""
    buckets, now, admitted = LocalRateLimiter(), 0.0, []
    for pause in pauses:
        now += float(pause)
        if buckets.take("ann", Rate(amount, per_s), now=now) == 0.0:
            admitted.append(now)
    for began in admitted:
        assert sum(began <= moment <= began + per_s for moment in admitted) <= 2 * amount


def test_a_reset_key_starts_from_zero() -> None:
    buckets = LocalRateLimiter()
    for _ in range(6):
        buckets.take("ann", RATE, now=100.0)
    buckets.forget("ann")
    buckets.forget("nobody")
    assert buckets.take("ann", RATE, now=100.0) == 0.0


def test_beyond_the_limit_the_least_recently_used_key_is_removed() -> None:
    buckets, two = LocalRateLimiter(max_keys=2), Rate(2, per_s=10)
    buckets.take("ann", two, now=1.0)
    buckets.take("bob", two, now=2.0)
    buckets.take("ann", two, now=2.0)  # came first and was used since
    buckets.take("eve", two, now=3.0)
    assert buckets.take("ann", two, now=3.0) > 0
    assert [buckets.take("bob", two, now=3.0) for _ in range(2)] == [0.0, 0.0], "was removed"
