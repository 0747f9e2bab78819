"""The three kinds of watermark are ordered: post ids, FILLING tokens, NEVER."""

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import MAX_ID
from domain.watermarks import FILLING, NEVER, fresh_token, is_filling, is_pushed


def test_post_ids_are_below_filling_and_filling_is_below_never() -> None:
    assert MAX_ID < FILLING < NEVER
    assert NEVER < 2**63, "MongoDB stores it as a signed 64-bit integer"


def test_tokens_are_filling_and_unique() -> None:
    tokens = {fresh_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(MAX_ID < token < NEVER for token in tokens)
    assert all(is_filling(token) and is_pushed(token) for token in tokens)


@given(st.integers(0, MAX_ID))
def test_a_post_id_is_pushed_and_not_filling(number: int) -> None:
    assert is_pushed(number)
    assert not is_filling(number)


def test_never_is_neither_pushed_nor_filling() -> None:
    assert not is_pushed(NEVER)
    assert not is_filling(NEVER)


def test_both_bounds_of_filling_are_filling() -> None:
    assert is_filling(FILLING)
    assert is_filling(NEVER - 1)
    assert not is_filling(FILLING - 1)
