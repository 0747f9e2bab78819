"""A post is found by the words of its text, and by every part of it that is quoted between its spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadUserInput
from domain.segments import cut_segments, tags_in
from domain.words import MAX_POST_WORDS, MAX_QUERY, MAX_QUERY_WORDS, MAX_WORD, asked_words, post_words
from tests.finding import PARTS, QUERIES, TAGS


def words_of(text: str) -> list[str]:
    return post_words(cut_segments(text))


@pytest.mark.parametrize("text", PARTS)
def test_a_part_of_a_text_has_its_tags_and_words(text: str) -> None:
    assert set(words_of(text)) == PARTS[text].words
    assert set(tags_in(cut_segments(text))) == PARTS[text].tags


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_has_its_words(query: str) -> None:
    assert set(asked_words(query)) == QUERIES[query]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello, world: HELLO!", ["hello", "world"]),
        ("Straße STRASSE ﬁne ①", ["strasse", "fine", "1"]),
        ("Ångström æ ø ł", ["angstrom", "ae", "o", "l"]),
        ("ΜΆΪΟΣ μαϊος", ["μαιοσ"]),
        ("Ёлка елка Йод йод", ["елка", "йод"]),
        ("شَمس شمس", ["شَمس", "شمس"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("ｈｅｌｌｏ ｶﾀｶﾅ", ["hello", "カタ", "タカ", "カナ"]),
        ("한국어를 트", ["한국", "국어", "어를", "트"]),
        ("日本go語", ["日本", "go", "語", "日", "本"]),
        ("Mañana's o’clock rock-n-roll 3.14", ["mananas", "oclock", "rock", "n", "roll", "3", "14"]),
        ("http://EXAMPLE.org:80/a?b#c example.com/d", ["example", "org", "80", "com"]),
        ("a_b @ann_lee", ["a", "b", "ann", "lee"]),
        ("x" * (MAX_WORD + 1) + " " + "x" * (MAX_WORD + 2), ["x" * MAX_WORD]),
        ("🎉 … ?!", []),
        ("", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.lists(st.text(max_size=12), max_size=6))
def test_a_text_is_found_by_each_of_its_words(parts: list[str]) -> None:
    text = "\n".join(parts)
    words = words_of(text)
    assert len(set(words)) == len(words) <= MAX_POST_WORDS
    assert all(0 < len(word) <= MAX_WORD for word in words)
    if len(set(words_of(text))) < MAX_POST_WORDS:
        for word in words:
            assert set(asked_words(word)) <= {*words}, word


def test_a_post_has_a_bounded_number_of_words_and_pairs_come_before_single_characters() -> None:
    assert len(words_of(" ".join(f"w{number}" for number in range(MAX_POST_WORDS + 9)))) == MAX_POST_WORDS
    han = "".join(chr(0x4E00 + number) for number in range(200))
    words = words_of(han)
    assert len(words) == MAX_POST_WORDS
    assert [len(word) for word in words] == [2] * 199 + [1] * (MAX_POST_WORDS - 199)


def test_a_query_is_bounded() -> None:
    assert asked_words(" ?! ") == []
    assert len(asked_words("a" * MAX_QUERY)) == 1
    assert len(asked_words(" ".join(f"w{number}" for number in range(MAX_QUERY_WORDS)))) == MAX_QUERY_WORDS
    with pytest.raises(BadUserInput, match="at most 200 characters, not 201"):
        asked_words("a" * (MAX_QUERY + 1))
    with pytest.raises(BadUserInput, match="at most 20 words, not 21"):
        asked_words(" ".join(f"w{number}" for number in range(MAX_QUERY_WORDS + 1)))


def test_queries_of_tag_pages_name_tags_of_the_texts() -> None:
    known = frozenset().union(*(part.tags for part in PARTS.values()))
    assert sum(bool(tags & known) for tags in TAGS.values()) == len(TAGS) - 1
