"""Opaque ids and cursors: what was encoded is decoded, and nothing else is."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadUserInput
from domain.ids import MAX_ID
from domain.opaque import Kind, decode, decode_as, encode

kinds = st.sampled_from(Kind)
numbers = st.integers(0, 2**63 - 1)


@given(kinds, numbers)
def test_what_is_encoded_is_decoded(kind: Kind, number: int) -> None:
    assert decode(encode(kind, number)) == (kind, number)
    assert decode_as(kind, encode(kind, number)) == number


@given(kinds, numbers)
def test_an_id_needs_no_escaping_in_an_address(kind: Kind, number: int) -> None:
    assert encode(kind, number).replace("-", "").replace("_", "").isalnum()


@given(st.one_of(st.text(st.characters()), st.binary(max_size=20).map(lambda raw: base64.b64encode(raw).decode())))
def test_any_other_text_is_bad_input_and_never_another_error(text: str) -> None:
    try:
        kind, number = decode(text)
    except BadUserInput:
        return
    assert encode(kind, number) == text


@pytest.mark.parametrize("change", ["{}=", "{}==", "{}====", " {}", "{}\n", "{}A", "{}AAAA", "=={}"])
def test_a_text_with_something_added_is_bad_input(change: str) -> None:
    with pytest.raises(BadUserInput):
        decode(change.format(encode(Kind.POST, 12345)))


def test_the_other_alphabet_is_bad_input() -> None:
    """One thing has one id: clients use ids as keys of their caches."""
    with pytest.raises(BadUserInput):
        decode(encode(Kind.POST, MAX_ID).replace("_", "/"))
    with pytest.raises(BadUserInput):
        decode(base64.b64encode(b"p" + b"\x0f\xef\xbe\xfb\xef\xbe\xfb\xef").decode())


@pytest.mark.parametrize("raw", [b"", b"u", b"x" + bytes(8), b"u" + bytes(7), b"u" + bytes(9), b"u\x80" + bytes(7)])
def test_another_shape_is_bad_input(raw: bytes) -> None:
    with pytest.raises(BadUserInput):
        decode(base64.urlsafe_b64encode(raw).decode())


@given(kinds, kinds, numbers)
def test_one_kind_is_refused_where_another_is_expected(kind: Kind, expected: Kind, number: int) -> None:
    if kind is not expected:
        with pytest.raises(BadUserInput, match="Expected"):
            decode_as(expected, encode(kind, number))
