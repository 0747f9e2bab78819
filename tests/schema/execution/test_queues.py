"""Queues served round robin, by address and within it by account."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.execution.queues import Full, Queues

callers = st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from([None, 1, 2]))


def drained(queues: Queues[str]) -> str:
    return " ".join(islice(iter(queues.pop, None), 99))


def test_addresses_and_their_accounts_are_served_round_robin() -> None:
    queues: Queues[str] = Queues(of_one=9, in_all=99)
    for address, account in [("a", 1)] * 3 + [("a", 2)] * 2 + [("b", None)] * 2 + [("c", 3)]:
        queues.join(address, account, f"{address}{account or ''}")
    assert drained(queues) == "a1 b c3 a2 b a1 a2 a1"


@given(st.lists(callers, max_size=40))
def test_no_caller_waits_longer_than_one_turn_of_each_other(joined: list[tuple[str, int | None]]) -> None:
    queues: Queues[tuple[str, int | None]] = Queues(of_one=40, in_all=40)
    for address, account in joined:
        queues.join(address, account, (address, account))
    order = list(islice(iter(queues.pop, None), 99))
    assert sorted(order, key=repr) == sorted(joined, key=repr)
    for address in {address for address, _ in order}:
        places = [place for place, one in enumerate(order) if one[0] == address]
        for last, place in zip([-1, *places], places, strict=False):
            others = [one[0] for one in order[last + 1 : place]]
            assert len(others) == len(set(others)), "of each other address at most one"
        for account in {account for other, account in order if other == address}:
            own = [one[1] for one in order if one[0] == address]
            turns = [place for place, one in enumerate(own) if one == account]
            for last, place in zip([-1, *turns], turns, strict=False):
                assert len(own[last + 1 : place]) == len(set(own[last + 1 : place])), "of each other account one"


def test_items_of_one_caller_are_limited() -> None:
    queues: Queues[str] = Queues(of_one=2, in_all=99)
    for _ in range(2):
        queues.join("a", 1, "one")
    with pytest.raises(Full):
        queues.join("a", 1, "three")
    for address, account in (("a", 2), ("a", None), ("b", 1)):
        assert queues.join(address, account, "another") is None
    assert len(queues) == 5


def test_full_queues_drop_an_item_of_the_caller_with_the_most() -> None:
    queues: Queues[str] = Queues(of_one=3, in_all=4)
    for number in range(3):
        queues.join("a", 1, f"a{number}")
    queues.join("a", 2, "a3")
    assert queues.join("b", None, "b0") == "a2", "the latest of the longest queue"
    assert queues.join("b", None, "b1") in ("a1", "a3")
    with pytest.raises(Full):
        queues.join("b", None, "b2")  # it would then have more than the other
    assert len(queues) == 4
    assert len(drained(queues).split()) == 4


def test_removed_items_are_not_served_and_leave_no_state() -> None:
    queues: Queues[str] = Queues(of_one=9, in_all=9)
    queues.join("a", 1, "x")
    queues.join("b", 1, "y")
    assert queues.leave("a", 1, "x")
    assert not queues.leave("a", 1, "x")
    assert not queues.leave("c", None, "z")
    assert drained(queues) == "y"
    assert len(queues) == 0
    assert not queues._addresses
