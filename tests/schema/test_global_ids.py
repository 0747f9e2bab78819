"""Opaque ids and cursors: only encoded values can be decoded."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadUserInput
from domain.ids import MAX_ID
from schema.global_ids import PARTS, IdKind, decode, decode_all, decode_as, decode_node, decode_pair, encode

PAIR = IdKind.SEARCH_CURSOR
kinds = st.sampled_from([kind for kind in IdKind if kind not in PARTS])
numbers = st.integers(0, 2**63 - 1)
several = st.sampled_from([*PARTS]).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(numbers, min_size=PARTS[kind], max_size=PARTS[kind]))
)
opaque = st.one_of(st.builds(encode, kinds, numbers), several.map(lambda made: encode(made[0], *made[1])))


@given(kinds, numbers)
def test_encoding_and_decoding_round_trip(kind: IdKind, number: int) -> None:
    assert decode(encode(kind, number)) == (kind, [number])
    assert decode_as(kind, encode(kind, number)) == number


@given(numbers, numbers)
def test_encoding_and_decoding_of_two_numbers_round_trip(one: int, other: int) -> None:
    assert decode_pair(PAIR, encode(PAIR, one, other)) == (one, other)


@given(several)
def test_encoding_and_decoding_of_several_numbers_round_trip(made: tuple[IdKind, list[int]]) -> None:
    kind, parts = made
    text = encode(kind, *parts)
    assert decode(text) == (kind, parts)
    assert decode_all(kind, text) == parts


@given(opaque)
def test_an_id_is_url_safe(text: str) -> None:
    assert text.replace("-", "").replace("_", "").isalnum()


@given(st.one_of(st.text(st.characters()), st.binary(max_size=20).map(lambda raw: base64.b64encode(raw).decode())))
def test_any_other_text_is_bad_input(text: str) -> None:
    try:
        kind, numbers = decode(text)
    except BadUserInput:
        return
    assert encode(kind, *numbers) == text


@pytest.mark.parametrize("change", ["{}=", "{}==", "{}====", " {}", "{}\n", "{}A", "{}AAAA", "=={}"])
@pytest.mark.parametrize("text", [encode(IdKind.POST, 12345), encode(PAIR, 12, 12345)])
def test_an_id_with_an_addition_is_bad_input(change: str, text: str) -> None:
    with pytest.raises(BadUserInput):
        decode(change.format(text))


def test_the_alphabet_of_plain_base64_is_bad_input() -> None:
    """Each object has one id, because clients use ids as keys of their caches."""
    with pytest.raises(BadUserInput):
        decode(encode(IdKind.POST, MAX_ID).replace("_", "/"))
    with pytest.raises(BadUserInput):
        decode(base64.b64encode(b"p" + b"\x0f\xef\xbe\xfb\xef\xbe\xfb\xef").decode())


def test_unused_bits_of_base64_must_be_zero() -> None:
    assert encode(PAIR, 0, 0)[-1] == "A"
    with pytest.raises(BadUserInput):
        decode(encode(PAIR, 0, 0)[:-1] + "B")


SHAPES = [
    *(b"", b"u", b"x" + bytes(8), b"u" + bytes(7), b"u" + bytes(9), b"u\x80" + bytes(7), b"u" + bytes(16)),
    *(b"S", b"S" + bytes(8), b"S" + bytes(15), b"S" + bytes(17), b"S" + bytes(24), b"S\x80" + bytes(15)),
]


@pytest.mark.parametrize("raw", SHAPES)
def test_a_wrong_number_of_bytes_is_bad_input(raw: bytes) -> None:
    with pytest.raises(BadUserInput):
        decode(base64.urlsafe_b64encode(raw).decode().rstrip("="))


@given(kinds, kinds, numbers)
def test_an_id_of_another_kind_is_refused(kind: IdKind, expected: IdKind, number: int) -> None:
    if kind is not expected:
        with pytest.raises(BadUserInput, match="Expected"):
            decode_as(expected, encode(kind, number))


@given(kinds, numbers)
def test_a_cursor_with_another_number_of_parts_is_refused(kind: IdKind, number: int) -> None:
    with pytest.raises(BadUserInput, match="Expected"):
        decode_pair(PAIR, encode(kind, number))
    with pytest.raises(BadUserInput, match="Expected"):
        decode_as(kind, encode(PAIR, number, number))
    with pytest.raises(BadUserInput, match="Expected"):
        decode_node(encode(PAIR, number, number))
