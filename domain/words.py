"""The words by which posts are found. A query is cut as a text is, so that it finds what it quotes.

Case and width do not matter, nor do accents of Latin and Greek letters. Scripts without spaces between words, and
Korean, are found by pairs of letters. Of a link, the host counts.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

import regex

from domain.errors import BadUserInput
from domain.letters import UNSPACED
from domain.search import PLAIN_LETTERS
from domain.segments import Segment, SegmentKind, cut_segments

MAX_POST_WORDS = 250  # different ones of one post: what comes after them is not found
MAX_WORD = 40  # characters of a word that are compared
MAX_QUERY = 200  # characters
MAX_QUERY_WORDS = 20

_ACCENTS = regex.compile(r"(?<=[\p{Latin}\p{Greek}])\p{Mn}+|(?<=е)\u0308")  # Russian leaves out the dots of ё
_INSIDE = regex.compile(r"['’ʼ\p{Cf}]")  # don’t is one word
_LETTER = r"[\p{L}\p{M}\p{N}]"
_WORD = regex.compile(rf"(?V1)(?<unspaced>[{_LETTER}&&[{UNSPACED}]]+)|(?<spaced>[{_LETTER}--[{UNSPACED}]]+)")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_HAN = regex.compile(r"\p{Han}")
_HOST = regex.compile(r"(?:https?://)?([^/?#]*)", regex.IGNORECASE)


def post_words(segments: Iterable[Segment]) -> list[str]:
    """Return the words to index a post by, each once, at most MAX_POST_WORDS. `segments` are those of its text."""
    words: dict[str, None] = {}
    alone: dict[str, None] = {}  # one Han character is often a word, but pairs find more
    for run, is_spaced in _runs(segments):
        words |= dict.fromkeys(_cut(run, is_spaced))
        if not is_spaced:
            alone |= dict.fromkeys(_HAN.findall(run))
    return list(islice(words | alone, MAX_POST_WORDS))


def asked_words(query: str) -> list[str]:
    """Return the words of a query, each once. Empty if it has none.

    Raises:
        BadUserInput: The query has more than MAX_QUERY characters or more than MAX_QUERY_WORDS words.
    """
    if len(query) > MAX_QUERY:
        raise BadUserInput(f"`query` has at most {MAX_QUERY} characters, not {len(query):,}.")
    words = list(dict.fromkeys(word for run in _runs(cut_segments(query)) for word in _cut(*run)))
    if len(words) > MAX_QUERY_WORDS:
        raise BadUserInput(
            f"`query` has at most {MAX_QUERY_WORDS} words, not {len(words)}. Without spaces, two letters are a word."
        )
    return words


def _runs(segments: Iterable[Segment]) -> Iterator[tuple[str, bool]]:
    """Yield the runs of letters and digits, folded, and if they are of a script with spaces between words."""
    text = "".join(map(_visible, segments))
    if text.isascii():
        for word in _ASCII_WORD.findall(text.lower().replace("'", "")):
            yield word, True
        return
    for found in _WORD.finditer(_INSIDE.sub("", _fold(text))):
        yield found[0], found["spaced"] is not None


def _cut(run: str, is_spaced: bool) -> list[str]:
    if is_spaced:
        return [run[:MAX_WORD]]
    return ["".join(pair) for pair in pairwise(run)] or [run]


def _visible(segment: Segment) -> str:
    """Return the text of a segment without the scheme and the path of a link."""
    if segment.kind is not SegmentKind.LINK:
        return segment.text
    host = _HOST.match(segment.text)
    assert host is not None, "it matches the empty text"
    return f"{host[1]} "


def _fold(text: str) -> str:
    """Return the text with one form for what is the same to people who search."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", folded)).translate(PLAIN_LETTERS)
    return unicodedata.normalize("NFC", plain)
