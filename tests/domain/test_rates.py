"""The keys that a rate limit counts by, and its off switch."""

from dataclasses import fields

from domain.rates import NO_RATES, Allowance, Rate, Rates

BOTH = Allowance(name="post", per_account=Rate(1, per_s=2), per_address=Rate(3, per_s=4))


def test_an_account_and_an_address_are_counted_apart() -> None:
    counted = list(BOTH.keys_and_rates(account="7", address="192.0.2.7"))
    assert counted == [("post:account:7", Rate(1, per_s=2)), ("post:address:192.0.2.7", Rate(3, per_s=4))]


def test_an_anonymous_caller_is_counted_by_address() -> None:
    assert [key for key, _ in BOTH.keys_and_rates(account=None, address="192.0.2.7")] == ["post:address:192.0.2.7"]


def test_no_two_allowances_share_a_name() -> None:
    assert [getattr(Rates(), each.name).name for each in fields(Rates)] == [each.name for each in fields(Rates)]


def test_without_limits_nothing_is_counted() -> None:
    for each in fields(Rates):
        assert list(getattr(NO_RATES, each.name).keys_and_rates(account="7", address="192.0.2.7")) == []
