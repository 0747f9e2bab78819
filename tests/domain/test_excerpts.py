"""Names and texts on one line."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from domain.excerpts import display_name, excerpt, one_line, without_blank_lines
from domain.records import User
from domain.text import count_characters

PIECES = [
    "a",
    " ",
    "\n",
    "\t",
    "\x00",
    "\x1b",
    "\u202e",
    "\u2066",
    "🇩🇪",
    "🇩",
    "é",
    "👩‍👩‍👧",
    "x" * 30,
    "\u0301" * 30,
    "日本",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


@given(TEXTS, st.integers(2, 30))
def test_an_excerpt_is_a_beginning_of_the_line_cut_between_characters(text: str, most: int) -> None:
    line, cut = one_line(text), excerpt(text, most)
    assert count_characters(cut) <= most
    if cut != line:
        assert cut.endswith("…")
        kept = cut.removesuffix("…")
        assert line.startswith(kept)
        assert count_characters(line) >= count_characters(kept) + 1


@given(TEXTS, st.integers(2, 30))
def test_a_short_text_is_its_own_excerpt(text: str, most: int) -> None:
    line = one_line(text)
    if count_characters(line) <= most and len(line) <= most * 20:
        assert excerpt(text, most) == line


def test_flags_are_not_cut_in_two() -> None:
    assert excerpt("🇩🇪" * 9, 4) == "🇩🇪" * 3 + "…"


@given(TEXTS)
def test_a_line_has_no_control_and_turns_nothing(text: str) -> None:
    line = one_line(text)
    assert not regex.search(r"[\p{Cc}\u202A-\u202E\u2066-\u2069]", line)
    assert line == " ".join(line.split(" "))
    assert line == line.strip()


def test_a_name_without_visible_characters_is_the_alias() -> None:
    user = User(id=1, alias="ada", first_name="\u202e ", last_name="")
    assert display_name(user) == "ada"


@given(TEXTS)
def test_blank_lines_are_reduced_and_nothing_else_is_lost(text: str) -> None:
    reduced = without_blank_lines(text)
    assert "\n\n\n" not in reduced
    assert reduced.split() == text.split() or regex.search(r"[\x1c-\x1f\x85\u2028\u2029]", text)


def test_an_excerpt_takes_linear_time() -> None:
    """A quadratic one would take minutes."""
    for letter in ("🇩", "a\u0301", "\u0301", "👩\u200d", " "):
        excerpt(letter * 100_000, 280)
        without_blank_lines(f"{letter}\n" * 100_000)
