"""The rules for the names of an account.

They follow the Nickname profile of PRECIS (RFC 8266) with two exceptions: complete emoji are allowed, and names are not
normalised, because they are displayed and never compared.
"""

import regex

from domain.errors import FieldErrorCode, Problem
from domain.text import MAX_CLUSTER_CODE_POINTS, count_characters, has_endless_character, is_blank, is_storable

MAX_NAME = 50  # characters
MAX_NAME_BYTES = 1_500  # 30 for each character, as for a post

_SPACES = regex.compile(r"\p{Zs}+")
# Matches hidden characters, which are refused except in these contexts:
# - joiners that RFC 5892 (appendix A) allows: after a virama, and the non-joiner between letters that would join;
# - emoji: joined sequences, variation selectors, and flags that are spelt in tags;
# - variation selectors of Han and Mongolian letters.
_EMOJI = r"\p{Extended_Pictographic}"
_HIDDEN = regex.compile(
    rf"""(?V1)
    (?<=\p{{ccc=9}})[\u200C\u200D]
    | (?=\u200C)(?<=[\p{{jt=L}}\p{{jt=D}}]\p{{jt=T}}*+)\u200C(?=\p{{jt=T}}*+[\p{{jt=R}}\p{{jt=D}}])
    | (?<={_EMOJI}[\uFE0F\p{{Emoji_Modifier}}]?)\u200D(?={_EMOJI})
    | (?<=[\p{{Emoji}}--[0-9\#*]])[\uFE0E\uFE0F]
    | (?<=[0-9\#*])\uFE0F(?=\u20E3)
    | (?<=\U0001F3F4)[\U000E0030-\U000E0039\U000E0061-\U000E007A]{{1,6}}+\U000E007F
    | (?<=\p{{Han}})[\uFE00-\uFE02\U000E0100-\U000E01EF]
    | (?<=\p{{Mongolian}})[\u180B-\u180F]
    | (?<hidden>
        [\p{{Cc}}\p{{Cf}}\p{{Co}}\p{{Cs}}\p{{Zl}}\p{{Zp}}\p{{Default_Ignorable_Code_Point}}\p{{Noncharacter_Code_Point}}]
      )
    """,
    regex.VERBOSE,
)


def tidy_name(name: str) -> str:
    """Return the name as it is stored: trimmed, with one plain space for each run of spaces (RFC 8266, section 2.1)."""
    return _SPACES.sub(" ", name.strip())


def name_problem(name: str, what: str, *, is_required: bool) -> Problem | None:
    """Return what is wrong with a name, in a sentence about `what`. None if it is good."""
    too_long = Problem(
        FieldErrorCode.TOO_LONG, f"The {what} has at most {MAX_NAME} characters and {MAX_NAME_BYTES:,} bytes."
    )
    if len(name) > MAX_NAME_BYTES:
        return too_long  # before any check scans the whole text
    if not is_storable(name):
        return Problem(FieldErrorCode.INVALID, f"The {what} holds characters that are not valid Unicode.")
    if is_required and is_blank(name):
        return Problem(FieldErrorCode.REQUIRED, f"The {what} is missing.")
    if len(name.encode()) > MAX_NAME_BYTES or count_characters(name.strip(), at_most=MAX_NAME + 1) > MAX_NAME:
        return too_long
    return hidden_problem(tidy_name(name), what, "name") or endless_problem(name, what)


def hidden_problem(text: str, what: str, noun: str) -> Problem | None:
    """Return a sentence about `what` if the text has a character that is not seen. `noun` is what to type anew."""
    if (hidden := find_hidden(text)) is None:
        return None
    message = f"The {what} has an invisible or control character, U+{ord(hidden):04X}. Type the {noun} anew."
    return Problem(FieldErrorCode.INVALID, message)


def endless_problem(text: str, what: str) -> Problem | None:
    """Return a sentence about `what` if a character of the text has too many code points."""
    if not has_endless_character(text):
        return None
    message = f"The {what} has a character of more than {MAX_CLUSTER_CODE_POINTS} code points. Remove some marks."
    return Problem(FieldErrorCode.INVALID, message)


def find_hidden(name: str) -> str | None:
    """Return the first control, private or invisible character that no script and no emoji needs. Takes linear time."""
    if name.isascii() and name.isprintable():
        return None
    return next((each["hidden"] for each in _HIDDEN.finditer(name) if each["hidden"]), None)
