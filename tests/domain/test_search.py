"""The words of a search, as typed on any keyboard in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadUserInput
from domain.search import MAX_QUERY, MAX_WORD, MAX_WORDS, query_words, search_words


def finds(query: str, *names: str) -> bool:
    """Return whether the query finds an account with these names."""
    first, last = names if len(names) == 2 else (names[0], "")
    words = search_words(alias="x_y", first_name=first, last_name=last)
    return all(any(word.startswith(wanted) for word in words) for wanted in query_words(query))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("lov", "Lovelace"),
        ("ZOE", "Zoë"),
        ("zoë", "Zoe"),
        ("e\u0301lo", "Élodie"),
        ("strasse", "Straße"),
        ("straß", "STRASSE"),
        ("soren", "Søren"),
        ("lukasz", "Łukasz"),
        ("đ", "Djordje"),
        ("aethel", "Æthelred"),
        ("thor", "Þór"),
        ("istanbul", "İstanbul"),
        ("isik", "IŞIK"),
        ("ışık", "Işık"),
        ("орл", "Орлов"),
        ("алена", "Алёна"),
        ("ΕΛΕΝΗ", "Ελένη"),
        ("παππασ", "Παππάς"),
        ("παππας", "ΠΑΠΠΆΣ"),
        ("עמ", "עָמִית"),
        ("احمد", "أحمد"),
        ("ครู", "ครูสมชาย"),
        ("कि", "किशोर"),
        ("田", "田中"),
        ("기", "김"),
        ("カナ", "ｶﾅ"),
        ("file", "ﬁle"),
        ("obri", "O’Brien"),
        ("o'bri", "OBrien"),
        ("luc", "Jean-Luc"),
        ("jean-luc", "Jean Luc"),
        ("anna\u200b", "An\u00adna"),
    ],
)
def test_a_word_is_found_as_it_is_typed(query: str, name: str) -> None:
    assert finds(query, name)


@pytest.mark.parametrize(
    ("query", "name"), [("ove", "Lovelace"), ("lovelaces", "Lovelace"), ("中", "田中"), ("ада", "Ada"), ("b", "Ada")]
)
def test_words_that_match_no_prefix_are_not_found(query: str, name: str) -> None:
    assert not finds(query, name)


@pytest.mark.parametrize("query", ["ada lov", "lov ada", "@ada LOVE", "ada, love", "a ad ada", "x_y love", "ada ada"])
def test_each_query_word_is_a_prefix_of_an_alias_or_a_name(query: str) -> None:
    assert finds(query, "Augusta Ada", "King Lovelace")


@pytest.mark.parametrize("query", ["ada x_z", "love byron", "y"])
def test_a_word_that_is_no_prefix_finds_no_account(query: str) -> None:
    assert not finds(query, "Augusta Ada", "King Lovelace")


@pytest.mark.parametrize("query", ["田中由紀", "田中由", "由紀田中", "田中 由紀", "由紀 田中"])
def test_a_full_name_that_is_written_without_spaces_is_found(query: str) -> None:
    assert finds(query, "由紀", "田中")


@pytest.mark.parametrize("query", ["", " \n", "@", "@ @", "🦄", "…", "\u200b", "\0"])
def test_a_query_without_a_letter_is_blank(query: str) -> None:
    assert query_words(query) == []


def test_a_name_without_a_letter_leaves_the_alias() -> None:
    assert search_words(alias="Ada_1", first_name="🦄", last_name="") == ["ada_1"]


def test_a_query_has_bounds() -> None:
    words = [chr(ord("a") + place) for place in range(MAX_WORDS + 1)]
    assert query_words(" ".join(words[:-1])) == words[:-1]
    assert query_words("x" * MAX_QUERY) == ["x" * MAX_WORD]
    with pytest.raises(BadUserInput, match="words"):
        query_words(" ".join(words))
    with pytest.raises(BadUserInput, match="characters"):
        query_words(" " * (MAX_QUERY + 1))


def test_a_word_longer_than_the_compared_length_is_found() -> None:
    assert finds("x" * (MAX_WORD + 5), "x" * (MAX_WORD + 9))


@given(st.lists(st.text(st.characters(categories=["L", "M", "N"]), max_size=4)))
def test_a_name_is_found_by_its_letters_in_any_script(names: list[str]) -> None:
    name = " ".join(names)
    assert all(finds(word, name) for word in names)
    words = search_words(alias="x", first_name=name, last_name="")
    assert all(query_words(word) == [word] for word in words), "folding is idempotent"


@given(st.text(max_size=60))
def test_case_and_composition_do_not_matter(text: str) -> None:
    folded = search_words(alias="x", first_name=text, last_name="")
    assert search_words(alias="X", first_name=text.casefold(), last_name="") == folded
