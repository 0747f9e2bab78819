"""Characters are counted as grapheme clusters. The limits of a post hold for characters and for bytes."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from domain.accounts import Registration, check_registration
from domain.errors import InvalidInput
from domain.names import MAX_NAME_BYTES, find_hidden, tidy_name
from domain.segments import cut_segments
from domain.text import (
    MAX_CLUSTER_CODE_POINTS,
    MAX_POST_BYTES,
    check_post,
    count_characters,
    has_endless_character,
    is_blank,
    is_storable,
)

BLANK_IN_BROWSERS = json.loads(Path(__file__).with_name("blanks.json").read_text())
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
def test_a_grapheme_cluster_counts_as_one_character(text: str) -> None:
    assert count_characters(text) == 1
    assert count_characters(text * 7) == 7


@pytest.mark.parametrize(("text", "count"), COUNTED_IN_BROWSERS)
def test_the_server_counts_as_the_client_does(text: str, count: int) -> None:
    """web/src/lib/text/characters.test.ts reads the same file."""
    assert count_characters(text) == count


def test_adjacent_code_points_of_different_clusters_are_counted_apart() -> None:
    assert count_characters("🇩🇪🇫🇷🇪") == 3
    assert count_characters("क ष") == 3
    assert count_characters("") == 0


@pytest.mark.parametrize("character", ["a", "ß", "語", "🇩🇪", FAMILY, "e\N{COMBINING ACUTE ACCENT}", "क्ष"])
def test_280_characters_are_a_post_and_281_are_not(character: str) -> None:
    assert check_post(character * 280) == character * 280
    with pytest.raises(InvalidInput, match="has more than 280 characters") as refused:
        check_post(character * 281)
    assert [error.field for error in refused.value.fields] == ["text"]


MARK = "\N{COMBINING ACUTE ACCENT}"  # two bytes
LONGEST = "e" + MARK * (MAX_CLUSTER_CODE_POINTS - 1)


def test_a_text_is_bounded_by_its_bytes() -> None:
    fits = LONGEST * (MAX_POST_BYTES // len(LONGEST.encode()))
    fits += "a" * (MAX_POST_BYTES - len(fits.encode()))
    assert check_post(fits) == fits
    with pytest.raises(InvalidInput, match="too long"):
        check_post(fits + "a")


@pytest.mark.parametrize("place", ["{}", "ab{}", "{}ab", "🇩🇪🇫🇷{}", "{}\r\n"])
def test_a_character_has_a_bounded_number_of_code_points(place: str) -> None:
    fits = place.format(LONGEST)
    assert check_post(fits) == fits
    with pytest.raises(InvalidInput, match="more than 20 code points"):
        check_post(place.format(LONGEST + MARK))


@pytest.mark.parametrize("name", ["first_name", "last_name"])
def test_a_name_is_bounded_like_a_post(name: str) -> None:
    def register(text: str) -> Registration:
        usual = Registration(alias="ann", first_name="Ann", last_name="", password="correct horse")
        return check_registration(
            replace(usual, first_name=text) if name == "first_name" else replace(usual, last_name=text)
        )

    for fits in (LONGEST, FAMILY * 40, "🇩🇪" * 50):
        assert getattr(register(fits), name) == fits
    for refused in (LONGEST + MARK, FAMILY * 51, "🇩🇪" * 51, "x" * (MAX_NAME_BYTES + 1), LONGEST * 40):
        with pytest.raises(InvalidInput):
            register(refused)


# Characters that the cluster rules of Unicode treat differently: indicators, marks, joiners, emoji, jamo, prepended
# signs, line ends.
PIECES = st.sampled_from(
    [
        "a",
        "\r",
        "\n",
        "\u200d",
        "\ufe0f",
        MARK,
        "🇩",
        "🇪",
        "🇫",
        "👩",
        "👍🏽",
        "🏳",
        "🌈",
        "\u1112",
        "\u1161",
        "\u11ab",
        "\u0600",
        "क",
        "्",
        "ष",
    ]
)


@example("🇩🇪\u200d🌈")  # flags do not take part in joined emoji
@given(st.lists(PIECES, max_size=40).map("".join))
def test_counting_agrees_with_the_regex_engine(text: str) -> None:
    clusters = regex.findall(r"\X", text)
    assert count_characters(text) == len(clusters)
    assert count_characters(text, at_most=3) == min(3, len(clusters))
    if "🇩" not in text and "🇪" not in text and "🇫" not in text:  # a flag counts as one code point
        assert has_endless_character(text) == any(len(each) > MAX_CLUSTER_CODE_POINTS for each in clusters)


WALKS: dict[str, Callable[[str], object]] = {
    "count_characters": count_characters,
    "has_endless_character": has_endless_character,
    "is_blank": is_blank,
    "is_storable": is_storable,
    "cut": cut_segments,
    "find_hidden": find_hidden,
    "tidy_name": tidy_name,
}
AROUND = [("http://", ""), ("", " @ann"), ("https://example.org/", "@")]
RUNS = {
    "flags": "🇩",
    "families": FAMILY,
    "marks": MARK,
    "joiners": "\u200d",
    "emoji and joiners": "👩\u200d",
    "jamo": "\u1112\u1161",
    "prepended signs": "\u0600",
    "conjuncts": "क्",
    "line ends": "\r\n",
    "spaces": " ",
    "links": "http://",
    "links that are none": "http://) ",
    "closing brackets": ")",
    "mentions": "@a ",
    "at signs": "@",
    "domains that are none": "a.b.",
    "mentions on other servers": "@a.co.",
    "e-mail addresses": "a.co+",
    "users of hosts": "http://a.bc:",
    "brackets never closed": "http://a.bc/(",
    "possessives": "'s",
    "hosts of unspaced letters": "http://日.",
    "hosts beside unspaced letters": "a.日",
    "addresses never closed": "http://[",
    "marks and at signs": MARK + "@",
    "labels": "a-",
    "non-joiners": "م\u200c",
    "tags": "🏴\U000e0067",
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_every_walk_over_a_text_takes_linear_time(walk: Callable[[str], object], run: str) -> None:
    """A text of 16 times the length takes about 16 times the CPU time. A quadratic algorithm would take 256 times.

    A mention at the end makes `cut_segments` search the whole text.
    """

    def seconds(text: str) -> float:
        began = time.process_time()
        walk(text)
        return time.process_time() - began

    for begin, end in AROUND if walk is cut_segments else AROUND[:1]:
        short, long = (begin + run * (length // len(run)) + end for length in (2_500, 40_000))
        best = min(seconds(short) for _ in range(3))
        assert min(seconds(long) for _ in range(2)) < 80 * max(best, 0.0005)


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\ud83d \ude00", "a\0", "\0"])
def test_text_that_utf8_cannot_encode_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not valid Unicode"):
        check_post(text)


@pytest.mark.parametrize(("text", "blank"), BLANK_IN_BROWSERS)
def test_an_invisible_text_is_blank_and_any_other_is_kept_unchanged(text: str, blank: bool) -> None:
    """web/src/lib/text/characters.test.ts reads the same file."""
    assert is_blank(text) is blank
    if blank:
        with pytest.raises(InvalidInput, match="Write something"):
            check_post(text)
    else:
        assert check_post(text) == text


def test_a_text_of_ten_million_characters_is_refused_without_counting() -> None:
    for text in ("x" * 10_000_000, " " * 10_000_000, "\N{COMBINING ACUTE ACCENT}" * 10_000_000):
        with pytest.raises(InvalidInput):
            check_post(text)
