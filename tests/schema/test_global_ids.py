"""Opaque ids and cursors: what was encoded is decoded, and nothing else is."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadUserInput
from domain.ids import MAX_ID
from schema.global_ids import IdKind, decode, decode_as, decode_node, decode_pair, encode

PAIR = IdKind.SEARCH_CURSOR
kinds = st.sampled_from([kind for kind in IdKind if kind is not PAIR])
numbers = st.integers(0, 2**63 - 1)
opaque = st.one_of(st.builds(encode, kinds, numbers), st.builds(encode, st.just(PAIR), numbers, numbers))


@given(kinds, numbers)
def test_what_is_encoded_is_decoded(kind: IdKind, number: int) -> None:
    assert decode(encode(kind, number)) == (kind, [number])
    assert decode_as(kind, encode(kind, number)) == number


@given(numbers, numbers)
def test_two_numbers_that_are_encoded_are_decoded(one: int, other: int) -> None:
    assert decode_pair(PAIR, encode(PAIR, one, other)) == (one, other)


@given(opaque)
def test_an_id_needs_no_escaping_in_an_address(text: str) -> None:
    assert text.replace("-", "").replace("_", "").isalnum()


@given(st.one_of(st.text(st.characters()), st.binary(max_size=20).map(lambda raw: base64.b64encode(raw).decode())))
def test_any_other_text_is_bad_input_and_never_another_error(text: str) -> None:
    try:
        kind, numbers = decode(text)
    except BadUserInput:
        return
    assert encode(kind, *numbers) == text


@pytest.mark.parametrize("change", ["{}=", "{}==", "{}====", " {}", "{}\n", "{}A", "{}AAAA", "=={}"])
@pytest.mark.parametrize("text", [encode(IdKind.POST, 12345), encode(PAIR, 12, 12345)])
def test_a_text_with_something_added_is_bad_input(change: str, text: str) -> None:
    with pytest.raises(BadUserInput):
        decode(change.format(text))


def test_the_other_alphabet_is_bad_input() -> None:
    """One thing has one id: clients use ids as keys of their caches."""
    with pytest.raises(BadUserInput):
        decode(encode(IdKind.POST, MAX_ID).replace("_", "/"))
    with pytest.raises(BadUserInput):
        decode(base64.b64encode(b"p" + b"\x0f\xef\xbe\xfb\xef\xbe\xfb\xef").decode())


def test_the_bits_that_base64_leaves_over_are_zero() -> None:
    assert encode(PAIR, 0, 0)[-1] == "A"
    with pytest.raises(BadUserInput):
        decode(encode(PAIR, 0, 0)[:-1] + "B")


SHAPES = [
    *(b"", b"u", b"x" + bytes(8), b"u" + bytes(7), b"u" + bytes(9), b"u\x80" + bytes(7), b"u" + bytes(16)),
    *(b"S", b"S" + bytes(8), b"S" + bytes(15), b"S" + bytes(17), b"S" + bytes(24), b"S\x80" + bytes(15)),
]


@pytest.mark.parametrize("raw", SHAPES)
def test_another_shape_is_bad_input(raw: bytes) -> None:
    with pytest.raises(BadUserInput):
        decode(base64.urlsafe_b64encode(raw).decode().rstrip("="))


@given(kinds, kinds, numbers)
def test_one_kind_is_refused_where_another_is_expected(kind: IdKind, expected: IdKind, number: int) -> None:
    if kind is not expected:
        with pytest.raises(BadUserInput, match="Expected"):
            decode_as(expected, encode(kind, number))


@given(kinds, numbers)
def test_one_number_is_refused_where_two_are_expected_and_two_where_one_is(kind: IdKind, number: int) -> None:
    with pytest.raises(BadUserInput, match="Expected"):
        decode_pair(PAIR, encode(kind, number))
    with pytest.raises(BadUserInput, match="Expected"):
        decode_as(kind, encode(PAIR, number, number))
    with pytest.raises(BadUserInput, match="Expected"):
        decode_node(encode(PAIR, number, number))
