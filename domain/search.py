"""Search for accounts by the beginnings of words. Case and accents do not matter."""

import unicodedata

import regex

from domain.errors import BadUserInput

MAX_FOUND = 1_000  # accounts: the most that one search examines and returns, over all its pages
MAX_QUERY = 200  # characters
MAX_WORDS = 8  # of a query
MAX_WORD = 40  # characters of a word that are compared

# What people type for letters that Unicode does not decompose.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_INSIDE = regex.compile(r"['’ʼ\p{Cf}]")  # O’Brien is one word
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}_]+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")


def search_words(*, alias: str, first_name: str, last_name: str) -> list[str]:
    """Return the words to index an account by: those of its alias and of its names."""
    first, last = _cut(first_name), _cut(last_name)
    words = [*_cut(alias), *first, *last]
    if _UNSPACED.search(last_name):  # such a full name is written as one word, usually with the last name first
        words += [word[:MAX_WORD] for word in ("".join(last + first), "".join(first + last))]
    return list(dict.fromkeys(words))


def query_words(query: str) -> list[str]:
    """Return the word beginnings of a query. An account matches if it has a word for each. Empty if the query is blank.

    Raises:
        BadUserInput: The query has more than MAX_QUERY characters or more than MAX_WORDS words.
    """
    if len(query) > MAX_QUERY:
        raise BadUserInput(f"`query` has at most {MAX_QUERY} characters, not {len(query):,}.")
    words = list(dict.fromkeys(_cut(query)))
    words = [word for word in words if not any(other != word and other.startswith(word) for other in words)]
    if len(words) > MAX_WORDS:
        raise BadUserInput(f"`query` has at most {MAX_WORDS} words, not {len(words)}.")
    return words


def _cut(text: str) -> list[str]:
    return [word[:MAX_WORD] for word in _WORD.findall(_INSIDE.sub("", _fold(text)))]


def _fold(text: str) -> str:
    """Return the text without marks and case. Folding case may add marks, so they are removed twice: İ is i, ᾳ is α."""
    return _without_marks(_without_marks(text).casefold()).translate(PLAIN_LETTERS)


def _without_marks(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
