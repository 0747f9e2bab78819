"""The rules for pictures in posts: descriptions, numbers, sizes and addresses."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldErrorCode, InvalidInput
from domain.media import (
    MAX_ALT,
    MAX_ALT_BYTES,
    MAX_FILE_BYTES,
    MAX_IN_POST,
    SIDES,
    address,
    check_media,
    check_upload,
    sizes_of,
    srcset,
)
from domain.text import count_characters

FLAG = "\U0001f1e9\U0001f1ea"  # one character of eight bytes


def codes(content: bytes, alt: str) -> dict[str, FieldErrorCode]:
    """Return the code of each refused field."""
    try:
        check_upload(content, alt)
    except InvalidInput as refused:
        return {problem.field: problem.code for problem in refused.fields}
    return {}


@pytest.mark.parametrize(
    ("alt", "stored"),
    [
        ("", ""),
        ("  A cat \t", "A cat"),
        ("A\r\nB\u2028C\n\n", "A\nB\nC"),
        ("A  \n  B", "A\n  B"),
        ("x" * MAX_ALT, "x" * MAX_ALT),
        (FLAG * (MAX_ALT_BYTES // 8), FLAG * (MAX_ALT_BYTES // 8)),
        ("\n" * 99 + "A", "A"),
    ],
    ids=range(7),
)
def test_a_description_is_stored_trimmed(alt: str, stored: str) -> None:
    assert check_upload(b"x", alt) == stored


@pytest.mark.parametrize(
    ("alt", "code"),
    [
        ("x" * (MAX_ALT + 1), FieldErrorCode.TOO_LONG),
        (FLAG * (MAX_ALT_BYTES // 8 + 1), FieldErrorCode.TOO_LONG),
        ("x" * 10**7, FieldErrorCode.TOO_LONG),
        ("\ud800", FieldErrorCode.INVALID),
        ("a\0b", FieldErrorCode.INVALID),
        ("a\u202eb", FieldErrorCode.INVALID),
        ("e" + "\u0301" * 99, FieldErrorCode.INVALID),
    ],
    ids=range(7),
)
def test_a_description_may_be_refused(alt: str, code: FieldErrorCode) -> None:
    assert codes(b"x", alt) == {"alt": code}


def test_a_file_is_neither_empty_nor_too_large_and_all_problems_are_told() -> None:
    assert codes(bytes(MAX_FILE_BYTES), "") == {}
    assert codes(bytes(MAX_FILE_BYTES + 1), "") == {"file": FieldErrorCode.TOO_LONG}
    assert codes(b"", "\0") == {"file": FieldErrorCode.INVALID, "alt": FieldErrorCode.INVALID}


@given(st.text())
def test_a_stored_description_is_good_and_stays_as_it_is(alt: str) -> None:
    with suppress(InvalidInput):
        stored = check_upload(b"x", alt)
        assert check_upload(b"x", stored) == stored
        assert count_characters(stored) <= MAX_ALT


@pytest.mark.parametrize(
    ("media", "code"),
    [(range(MAX_IN_POST + 1), FieldErrorCode.TOO_LONG), ([1, 2, 1], FieldErrorCode.INVALID)],
    ids=str,
)
def test_a_post_has_a_few_different_pictures(media: list[int], code: FieldErrorCode) -> None:
    assert check_media(range(MAX_IN_POST)) == range(MAX_IN_POST)
    with pytest.raises(InvalidInput) as refused:
        check_media(media)
    assert [(problem.field, problem.code) for problem in refused.value.fields] == [("media", code)]


@given(st.integers(1, 30_000), st.integers(1, 30_000))
def test_sizes_keep_the_aspect_ratio_and_enlarge_nothing(width: int, height: int) -> None:
    sizes = sizes_of(width, height)
    for side, (across, down) in sizes.items():
        assert 1 <= across <= width
        assert 1 <= down <= height
        assert max(across, down) == min(side, max(width, height))
        assert abs(across * height - down * width) <= max(width, height)  # rounding: half a pixel, at least one
    assert list(sizes) == [
        side for side in SIDES if side == SIDES[0] or max(width, height) > SIDES[SIDES.index(side) - 1]
    ]
    assert len(set(sizes.values())) == len(sizes)
    largest = sizes[max(sizes)]
    assert sizes_of(*largest).keys() == sizes.keys(), "what is stored names the same sizes"
    assert sizes_of(*largest)[max(sizes)] == largest


def test_the_srcset_names_each_stored_size_with_its_width() -> None:
    assert srcset("f", 800, 1_600) == f"{address('f', 640)} 320w, {address('f', 1_600)} 800w"
    assert srcset("f", 640, 100) == f"{address('f', 640)} 640w"
