"""A text is cut into plain text, mentions and links; nothing of it is lost and no link leads into a script."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.accounts import is_alias
from domain.text import MAX_SET_APART, SegmentKind, cut

marks = st.sampled_from(["@", "bob", "http://", "https://a.b", "javascript:", ".", ",", ")", "(", "/", " ", "\n", "é"])
texts = st.one_of(st.text(st.characters()), st.lists(st.one_of(marks, st.text(max_size=3))).map("".join))


def aliases(text: str) -> list[str | None]:
    return [part.alias for part in cut(text) if part.kind is SegmentKind.MENTION]


def links(text: str) -> list[str | None]:
    return [part.url for part in cut(text) if part.kind is SegmentKind.LINK]


@given(texts)
def test_segments_joined_give_the_text_again(text: str) -> None:
    parts = cut(text)
    assert "".join(part.text for part in parts) == text
    assert all(part.text for part in parts)


@given(texts)
def test_each_segment_says_what_its_kind_promises(text: str) -> None:
    for part in cut(text):
        assert (part.alias is not None) == (part.kind is SegmentKind.MENTION)
        assert (part.url is not None) == (part.kind is SegmentKind.LINK)
        if part.alias is not None:
            assert is_alias(part.alias)
            assert part.text == f"@{part.alias}"
        if part.url is not None:
            assert part.url == part.text
            assert part.url.lower().startswith(("http://", "https://"))
            assert not any(character.isspace() for character in part.url)


@given(texts)
def test_plain_text_never_stands_beside_plain_text(text: str) -> None:
    kinds = [part.kind for part in cut(text)]
    assert all({one, other} != {SegmentKind.TEXT} for one, other in pairwise(kinds))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@bob", ["bob"]),
        ("hi @bob, and (@Ann_9)!", ["bob", "Ann_9"]),
        ("@a,@b;@c", ["a", "b", "c"]),
        ("@bob's", ["bob"]),
        ("“@bob”", ["bob"]),
        ("@bob\n@ann", ["bob", "ann"]),
        ("@bobé", ["bob"]),
        ("@" + "a" * 30, ["a" * 30]),
        ("@" + "a" * 31, []),
        ("ann@example.org", []),
        ("ann@example", []),
        ("é@bob", []),
        ("ж@bob", []),
        ("你好@bob", ["bob"]),
        ("@bobさん", ["bob"]),
        ("@bob@example.org", []),
        ("@@bob", []),
        ("@", []),
        ("@ bob", []),
        ("@é", []),
        ("@\N{KELVIN SIGN}elvin", []),
        ("@\N{LATIN SMALL LETTER LONG S}am", []),
        ("https://example.org/@bob", []),
    ],
)
def test_mentions_are_found_and_e_mail_addresses_are_not(text: str, found: list[str]) -> None:
    assert aliases(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.org", ["https://example.org"]),
        ("see http://a.b/c?d=e&f#g.", ["http://a.b/c?d=e&f#g"]),
        ("(https://a.b/c)", ["https://a.b/c"]),
        ("“https://a.b”", ["https://a.b"]),
        ("«https://a.b»…", ["https://a.b"]),
        ('<a href="https://a.b">', ["https://a.b"]),
        ("https://a.b, https://c.d!", ["https://a.b", "https://c.d"]),
        ("HTTPS://A.B/C", ["HTTPS://A.B/C"]),
        ("https://a.b\nnext", ["https://a.b"]),
        ("https://a.b\u00a0next", ["https://a.b"]),
        ("https://münchen.example/straße", ["https://münchen.example/straße"]),
        ("https://a.b/\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe", ["https://a.b/"]),
        ("https://a.b/\x1fc", ["https://a.b/"]),
        ("https://", []),
        ("https://...", []),
        ("xhttps://a.b", []),
        ("javascript:alert(1)", []),
        ("JaVaScRiPt://a.b/%0aalert(1)", []),
        ("data:text/html,x", []),
        ("ftp://a.b", []),
        ("http\N{LATIN SMALL LETTER LONG S}://a.b", []),
    ],
)
def test_links_are_found_without_the_punctuation_around_them(text: str, found: list[str]) -> None:
    assert links(text) == found


@pytest.mark.parametrize("part", ["@a", "http://a.b"])
def test_so_many_parts_are_set_apart_and_the_rest_is_text(part: str) -> None:
    for number in (MAX_SET_APART, MAX_SET_APART + 1, 3 * MAX_SET_APART):
        text = " ".join([part] * number)
        found = cut(text)
        assert sum(one.kind is not SegmentKind.TEXT for one in found) == MAX_SET_APART
        assert found[-1].text == (text[len(part) * MAX_SET_APART + MAX_SET_APART - 1 :] or part)


def test_the_longest_texts_are_cut_in_a_moment() -> None:
    for piece in ("https://", "@", "@a", "https://)))))", "http://a.b ", "@bob@"):
        text = (piece * 16_384)[:16_384]
        assert "".join(part.text for part in cut(text)) == text
