"""Characters are counted as people count them, and a post's limits hold for what people see and for bytes."""

import json
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from domain.text import MAX_POST_BYTES, check_post, count_characters, is_blank

COUNTED_IN_BROWSERS = json.loads(Path(__file__).with_name("characters.json").read_text())
FAMILY = "👨‍👩‍👧‍👦"
ONE_CHARACTER = {
    "a joined emoji": FAMILY,
    "a flag": "🇩🇪",
    "a subdivision's flag": "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "a skin tone": "👍🏽",
    "a keycap": "1\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}",
    "a combining accent": "e\N{COMBINING ACUTE ACCENT}",
    "many combining marks": "a" + "\N{COMBINING ACUTE ACCENT}" * 50,
    "conjoining Hangul jamo": "\u1100\u1161\u11a8",
    "a Devanagari conjunct": "क्ष",
    "a Devanagari conjunct with a vowel sign": "क्षि",
    "a Tamil vowel sign": "நி",
    "a Thai vowel": "กำ",
    "a Windows line end": "\r\n",
}


@pytest.mark.parametrize("text", ONE_CHARACTER.values(), ids=ONE_CHARACTER)
def test_what_people_see_as_one_character_counts_as_one(text: str) -> None:
    assert count_characters(text) == 1
    assert count_characters(text * 7) == 7


@pytest.mark.parametrize(("text", "count"), COUNTED_IN_BROWSERS)
def test_the_server_counts_as_the_client_does(text: str, count: int) -> None:
    """web/src/posts/characters.test.ts reads the same file."""
    assert count_characters(text) == count


def test_unlike_neighbours_are_not_joined() -> None:
    assert count_characters("🇩🇪🇫🇷🇪") == 3
    assert count_characters("क ष") == 3
    assert count_characters("") == 0


@pytest.mark.parametrize("character", ["a", "ß", "語", "🇩🇪", FAMILY, "e\N{COMBINING ACUTE ACCENT}", "क्ष"])
def test_280_characters_are_a_post_and_281_are_not(character: str) -> None:
    assert check_post(character * 280) == character * 280
    with pytest.raises(InvalidInput, match="has 281 characters") as refused:
        check_post(character * 281)
    assert [error.field for error in refused.value.fields] == ["text"]


def test_an_endless_character_is_bounded_by_its_bytes() -> None:
    mark = "\N{COMBINING ACUTE ACCENT}"  # two bytes
    fits = "aa" + mark * (MAX_POST_BYTES // 2 - 1)
    assert check_post(fits) == fits
    with pytest.raises(InvalidInput, match="too long"):
        check_post(fits + "a")


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\ud83d \ude00", "a\0", "\0"])
def test_what_no_encoding_admits_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not valid Unicode"):
        check_post(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t\r\n", "\u00a0\u2003\u3000", "\u200b\u200d\u2060\ufeff", "\u202e", "\u0301", "\u2800\u3164"]
)
def test_a_text_with_nothing_to_see_is_blank(text: str) -> None:
    assert is_blank(text)
    with pytest.raises(InvalidInput, match="Write something"):
        check_post(text)


@pytest.mark.parametrize("text", ["a", " . ", "\u202eabc", "👍"])
def test_a_text_with_something_to_see_is_kept_as_it_is(text: str) -> None:
    assert check_post(text) == text


def test_a_text_of_ten_million_characters_is_refused_and_not_counted() -> None:
    for text in ("x" * 10_000_000, " " * 10_000_000, "\N{COMBINING ACUTE ACCENT}" * 10_000_000):
        with pytest.raises(InvalidInput):
            check_post(text)
