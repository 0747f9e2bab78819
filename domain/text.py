"""The rules for the text of a post. A character is a grapheme cluster (UAX #29), as people count."""

from collections.abc import Iterator
from itertools import islice

import regex

from domain.errors import FieldError, FieldErrorCode, InvalidInput, Problem

MAX_POST_CHARACTERS = 280
MAX_POST_BYTES = 8 * 1024  # 280 of the longest flags take 7,840
# Unicode does not bound a cluster: a letter may carry thousands of marks. The longest emoji recommended for interchange
# has 10 code points (https://unicode.org/Public/emoji/latest/emoji-zwj-sequences.txt), the longest conjuncts in use
# have 12.
MAX_CLUSTER_CODE_POINTS = 20

_CLUSTER = regex.compile(r"\X")
# A pair of regional indicators is one flag. `\X` reads the whole run of indicators again for each of its pairs, which
# takes quadratic time, so pairs are replaced before clusters are found.
_FLAG = regex.compile(r"[\U0001F1E6-\U0001F1FF]{2}")
TOO_LONG = f"The text is too long: at most {MAX_POST_CHARACTERS} characters and {MAX_POST_BYTES:,} bytes."
ENDLESS_CHARACTER = f"The text has a character of more than {MAX_CLUSTER_CODE_POINTS} code points. Remove some marks."


def count_characters(text: str, *, at_most: int | None = None) -> int:
    """Return the number of grapheme clusters, counting no further than `at_most`. Takes linear time."""
    return sum(1 for _ in islice(_clusters(text), at_most))


def has_endless_character(text: str) -> bool:
    """Return whether a grapheme cluster has more than MAX_CLUSTER_CODE_POINTS code points. Takes linear time."""
    if text.isascii():
        return False  # the only ASCII cluster of several characters is CR LF
    return any(len(cluster[0]) > MAX_CLUSTER_CODE_POINTS for cluster in _clusters(text))


def _clusters(text: str) -> "Iterator[regex.Match[str]]":
    return _CLUSTER.finditer(text if text.isascii() else _FLAG.sub("x", text))


def is_storable(text: str) -> bool:
    """Return whether the text has no NUL and no lone surrogate. JSON allows lone surrogates, UTF-8 does not."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def is_blank(text: str) -> bool:
    """Return whether the text is invisible: it has only spaces, control characters and formatting characters."""
    return regex.fullmatch(r"[\s\p{Z}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\u2800]*", text) is not None


def check_post(text: str, *, may_be_blank: bool = False) -> str:
    """Return the text unchanged. It may be blank if the post shows something else.

    Raises:
        InvalidInput: The text breaks a rule.
    """
    if problem := _problem_of(text, may_be_blank=may_be_blank):
        raise InvalidInput([FieldError("text", *problem)])
    return text


def _problem_of(text: str, *, may_be_blank: bool) -> Problem | None:
    if len(text) > MAX_POST_BYTES:
        return Problem(FieldErrorCode.TOO_LONG, TOO_LONG)  # before any check scans the whole text
    if not is_storable(text):
        return Problem(FieldErrorCode.INVALID, "The text holds characters that are not valid Unicode.")
    if not may_be_blank and is_blank(text):
        return Problem(FieldErrorCode.REQUIRED, "Write something first.")
    if len(text.encode()) > MAX_POST_BYTES:
        return Problem(FieldErrorCode.TOO_LONG, TOO_LONG)
    if count_characters(text, at_most=MAX_POST_CHARACTERS + 1) > MAX_POST_CHARACTERS:
        return Problem(FieldErrorCode.TOO_LONG, f"The text has more than {MAX_POST_CHARACTERS} characters.")
    return Problem(FieldErrorCode.INVALID, ENDLESS_CHARACTER) if has_endless_character(text) else None
