"""Spellings of one tag have one key, and a tag page is asked for by any of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadUserInput
from domain.segments import SegmentKind, cut_segments
from domain.tags import MAX_TAG, MAX_TAGS, asked_tags, tag_key
from domain.text import is_storable


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (("Go", "GO", "go", "ｇｏ", "Ｇｏ"), "go"),
        (("Straße", "STRASSE", "STRAẞE"), "strasse"),
        (("café", "CAFE\u0301", "cafe\u0301"), "café"),
        (("ΣΊΣΥΦΟΣ", "σίσυφος", "σίσυφοσ"), "σίσυφοσ"),
        (("ﾊｯｼｭﾀｸﾞ", "ハッシュタグ"), "ハッシュタグ"),
        (("می\u200cخواهم", "میخواهم"), "میخواهم"),
        (("İstanbul", "i\u0307stanbul"), "i\u0307stanbul"),
        (("Ångström", "Ångström"), "ångström"),
    ],
)
def test_spellings_that_differ_in_case_width_or_joiners_are_one_tag(spellings: tuple[str, ...], key: str) -> None:
    assert {tag_key(spelling) for spelling in spellings} == {key}


@given(st.text(max_size=MAX_TAG))
def test_the_key_of_a_key_is_the_key(tag: str) -> None:
    key = tag_key(tag)
    assert tag_key(key) == key == unicodedata.normalize("NFKC", key)
    assert asked_tags([f"#{tag}"]) == ([key] if key and is_storable(key) else [])


@given(st.text())
def test_a_tag_of_a_text_has_a_key(text: str) -> None:
    for segment in cut_segments(f"#{text} #a{text}"):
        if segment.kind is SegmentKind.TAG:
            assert segment.tag is not None
            assert len(segment.tag) <= MAX_TAG
            assert asked_tags([segment.tag]) == asked_tags([segment.text]) == [tag_key(segment.tag)]


def test_a_list_is_asked_for_by_up_to_ten_tags_each_once() -> None:
    assert asked_tags(["#Go", "go", "＃ＧＯ", "", "#", "Rust"]) == ["go", "rust"]
    assert asked_tags([]) == []
    assert asked_tags(["\ud800", "a\0", "b"]) == ["b"], "no text has them"
    assert len(asked_tags([f"t{number}" for number in range(MAX_TAGS)])) == MAX_TAGS
    with pytest.raises(BadUserInput, match="at most 10 tags, not 11"):
        asked_tags(["a"] * (MAX_TAGS + 1))
    with pytest.raises(BadUserInput, match="at most 100 characters"):
        asked_tags(["a" * (MAX_TAG + 2)])


@pytest.mark.parametrize("part", ["#", "#_", "#_a#", "#1", "#" + "1" * MAX_TAG, "# ", "#a\u0301", "#日", "＃"])
def test_many_hashes_are_searched_a_bounded_number_of_times_each(part: str) -> None:
    """Quadratic time would take minutes for a text of this length."""
    text = part * (1_000_000 // len(part))
    assert "".join(segment.text for segment in cut_segments(text)) == text
