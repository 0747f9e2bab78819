"""A bio is a short text on a few lines, without hidden characters. The web client tidies and counts it alike."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.accounts import ProfileChange, check_change
from domain.bios import MAX_BIO, MAX_BIO_BYTES, MAX_BIO_LINES, bio_problem, tidy_bio
from domain.errors import FieldErrorCode, InvalidInput
from tests.domain.test_names import HIDDEN, NEEDED

CASES: list[tuple[str, str]] = json.loads((Path(__file__).parent / "bios.json").read_text())
FAMILY = "👨‍👩‍👧‍👦"
LINE_ENDS = ("tab", "line end", "line separator", "paragraph separator")  # a bio may have them
pieces = st.sampled_from(["a", "bc", " ", "\t", "\n", "\r", "\r\n", "\u2028", "\u0085", "\u200b", "\u0301", "\u3000"])


@pytest.mark.parametrize(("typed", "stored"), CASES)
def test_a_bio_is_stored_tidied(typed: str, stored: str) -> None:
    assert check_change(ProfileChange(bio=typed)) == {"bio": stored}


@given(st.lists(pieces, max_size=30).map("".join))
@example("\n\u0301")
def test_a_tidy_bio_stays_as_it_is_and_has_no_blank_ends(typed: str) -> None:
    tidied = tidy_bio(typed)
    assert tidy_bio(tidied) == tidied == tidied.strip()
    assert "\n\n\n" not in tidied
    assert "\r" not in tidied


def test_a_bio_that_is_not_given_does_not_change() -> None:
    assert "bio" not in check_change(ProfileChange(first_name="Ann"))


@pytest.mark.parametrize(
    "bio",
    [
        "x" * MAX_BIO,
        FAMILY * MAX_BIO,
        "🇩🇪" * MAX_BIO,
        f"{'x' * 20}\n" * (MAX_BIO // 21),
        "\n".join("x" * MAX_BIO_LINES),
        "\n" * 1_000 + "x" * MAX_BIO + " " * 1_000,
    ],
)
def test_a_bio_may_be_as_long_as_its_bounds(bio: str) -> None:
    assert bio_problem(bio) is None


@pytest.mark.parametrize(
    "bio",
    [
        "x" * (MAX_BIO + 1),
        FAMILY * (MAX_BIO + 1),
        "\n".join("x" * (MAX_BIO_LINES + 1)),
        "x" + "\n\nx" * (MAX_BIO_LINES // 2),
        ("a" + "\u0301" * 16) * MAX_BIO,
        "x" * 10_000_000,
        " " * (MAX_BIO_BYTES + 1),
    ],
    ids=["letters", "clusters", "lines", "blank lines", "bytes", "huge", "spaces"],
)
def test_a_longer_bio_is_refused(bio: str) -> None:
    problem = bio_problem(bio)
    assert problem is not None
    assert problem.code is FieldErrorCode.TOO_LONG


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_hidden_characters_that_scripts_and_emoji_need_are_kept(text: str) -> None:
    assert check_change(ProfileChange(bio=f"{text}\n{text}")) == {"bio": f"{text}\n{text}"}


@pytest.mark.parametrize("name", [name for name in HIDDEN if name not in LINE_ENDS])
def test_other_hidden_characters_are_refused_on_each_line(name: str) -> None:
    for bio in (HIDDEN[name], f"first\n{HIDDEN[name]}", f"{HIDDEN[name]}\nlast"):
        problem = bio_problem(bio)
        assert problem is not None
        assert problem.message.startswith("The bio has an invisible or control character, U+")


@pytest.mark.parametrize("bio", ["\ud800", "a\0b", "a" + "\u0301" * 30])
def test_a_bio_is_storable_and_has_no_endless_character(bio: str) -> None:
    problem = bio_problem(bio)
    assert problem is not None
    assert problem.code is FieldErrorCode.INVALID


def test_a_bad_bio_is_reported_beside_other_bad_fields() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_change(ProfileChange(first_name=" ", bio="x" * (MAX_BIO + 1), image=b""))
    assert [error.field for error in refused.value.fields] == ["firstName", "bio", "image"]
