"""A text is cut into plain text, mentions, links and tags. Nothing is lost, and no link runs a script."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from domain.accounts import is_alias
from domain.hosts import is_top_level
from domain.segments import MAX_SET_APART, Segment, SegmentKind, cut_segments

CASES = {
    name: texts
    for file in ("segments.json", "tags.json")
    for name, texts in json.loads(Path(__file__).with_name(file).read_text()).items()
}
LISTED = [pytest.param(parts, id=f"{name}-{i}") for name, texts in CASES.items() for i, parts in enumerate(texts)]
MARKS = st.sampled_from(
    [
        *("@", "bob", "http://", "https://a.bc", "a.co", "javascript:", ".", ",", ")", "(", "[", "]", "/", "?", ":80"),
        *(" ", "\n", "é", "\u0301", "\u200d", "\u202e", "日", "みんな", "。", "👍", "%", "-", "_", "RT", ":", "'s"),
        *("＠", "#", "＃", "#tag", "1", "&", "·"),
    ]
)
TEXTS = st.one_of(st.text(st.characters()), st.lists(st.one_of(MARKS, st.text(max_size=3))).map("".join))


def segment_of(part: str | dict[str, str]) -> Segment:
    if isinstance(part, str):
        return Segment(SegmentKind.TEXT, part)
    if mention := part.get("mention"):
        return Segment(SegmentKind.MENTION, mention, alias=mention[1:])
    if tag := part.get("tag"):
        return Segment(SegmentKind.TAG, tag, tag=tag[1:])
    return Segment(SegmentKind.LINK, part["link"], url=part.get("url", part["link"]))


@pytest.mark.parametrize("parts", LISTED)
def test_a_text_is_cut_into_the_expected_segments(parts: list[Any]) -> None:
    """web/src/posts/text/PostText.test.tsx reads segments.json, too."""
    expected = [segment_of(part) for part in parts]
    assert cut_segments("".join(segment.text for segment in expected)) == expected


@given(TEXTS)
def test_joined_segments_equal_the_text(text: str) -> None:
    segments = cut_segments(text)
    assert "".join(segment.text for segment in segments) == text
    assert all(segment.text for segment in segments)


@given(TEXTS)
def test_each_segment_has_the_fields_of_its_kind(text: str) -> None:
    for segment in cut_segments(text):
        assert (segment.alias is not None) == (segment.kind is SegmentKind.MENTION)
        assert (segment.url is not None) == (segment.kind is SegmentKind.LINK)
        assert (segment.tag is not None) == (segment.kind is SegmentKind.TAG)
        if segment.alias is not None:
            assert is_alias(segment.alias)
            assert segment.text in (f"@{segment.alias}", f"＠{segment.alias}")
        if segment.url is not None:
            assert segment.url.lower().startswith(("http://", "https://"))
            assert segment.url in (segment.text, f"https://{segment.text}")


@given(TEXTS)
def test_a_link_has_no_hidden_or_bidi_character_and_names_one_host(text: str) -> None:
    for segment in cut_segments(text):
        if segment.url is not None:
            assert not regex.search(r"[\s\p{Z}\p{Cc}\p{Cs}<>\"]|[\p{Cf}--[\u200C\u200D]]", segment.url, regex.VERSION1)
            assert urlsplit(segment.url).username is None
            assert urlsplit(segment.url).hostname


@given(TEXTS)
def test_no_two_text_segments_are_adjacent(text: str) -> None:
    kinds = [segment.kind for segment in cut_segments(text)]
    assert all({one, other} != {SegmentKind.TEXT} for one, other in pairwise(kinds))


@given(TEXTS, TEXTS)
def test_texts_on_both_sides_of_a_space_are_cut_independently(before: str, after: str) -> None:
    def set_apart(text: str) -> list[Segment]:
        return [segment for segment in cut_segments(text) if segment.kind is not SegmentKind.TEXT]

    assert set_apart(f"{before} {after}") == (set_apart(before) + set_apart(after))[:MAX_SET_APART]


@pytest.mark.parametrize("part", ["@a", "http://a.bc", "a.co", "#a"])
def test_text_after_the_maximum_number_of_mentions_links_and_tags_is_plain(part: str) -> None:
    for number in (MAX_SET_APART, MAX_SET_APART + 1, 3 * MAX_SET_APART):
        text = " ".join([part] * number)
        found = cut_segments(text)
        assert sum(one.kind is not SegmentKind.TEXT for one in found) == MAX_SET_APART
        assert found[-1].text == (text[len(part) * MAX_SET_APART + MAX_SET_APART - 1 :] or part)


@pytest.mark.parametrize("label", ["com", "COM", "uk", "museum", "みんな", "рф", "xn--q9jyb4c", "ck"])
def test_top_level_domains_are_known(label: str) -> None:
    assert is_top_level(label)


@pytest.mark.parametrize("label", ["", "co.uk", "comm", "test", "local", "example", "github", "*", "!", "日"])
def test_other_labels_are_no_top_level_domains(label: str) -> None:
    assert not is_top_level(label)
