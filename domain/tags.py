"""The rule for tags: what follows a # in a text, and when two spellings are the same tag.

The characters are those of twitter-text (https://github.com/twitter/twitter-text, Apache License 2.0), but for
invisible ones that are no joiners.
"""

import unicodedata
from collections.abc import Sequence

import regex

from domain.errors import BadUserInput
from domain.text import is_storable

MAX_TAG = 100  # code points; a longer one is plain text
MAX_TAGS = 10  # of one page

HASHES = ("#", "＃")
_HASH = r"[\#＃]"
_LETTER = r"[\p{L}--\p{Default_Ignorable_Code_Point}]"
# Joiners belong to the words of Persian and of Indic scripts. The other signs stand inside words of their languages.
_SIGNS = r"_\u200C\u200D\u00B7\u05BE\u05F3\u05F4\u0F0B\u0F0C\u3003\u301C\u309B\u309C\u30A0\u30FB\uA67E\uFF5E"
_MARKS = r"[\p{M}--[\p{Default_Ignorable_Code_Point}\u20E3]]"  # not what makes a sign an emoji or a key
_OTHER = rf"[\p{{Nd}}{_SIGNS}{_MARKS}]"
_CHARACTER = rf"[\p{{Nd}}{_SIGNS}{_MARKS}{_LETTER}]"
# A tag has a letter. What stands before the # is not of a tag, and no & of an HTML entity. Each part reads at most
# MAX_TAG characters. For patterns with the flags VERSION1 and VERBOSE.
TAG = (
    rf"(?<!{_CHARACTER}|[&\#＃]){_HASH}(?!\p{{M}})(?={_OTHER}{{0,{MAX_TAG - 1}}}+{_LETTER})"
    rf"(?<tag>{_CHARACTER}{{1,{MAX_TAG}}}+)(?!{_CHARACTER}|{_HASH}|://)"
)
_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}+")


def tag_key(tag: str) -> str:
    """Return what all spellings of the tag have in common: NFKC_Casefold of Unicode (section 3.13).

    The key of a key is the key.
    """
    if tag.isascii():
        return tag.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", tag).casefold())
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", folded).casefold())


def asked_tags(tags: Sequence[str]) -> list[str]:
    """Return the keys of the tags that a list is asked for, each once, without those that no post can have.

    A # may stand before a tag.

    Raises:
        BadUserInput: There are more than MAX_TAGS, or one is longer than MAX_TAG.
    """
    if len(tags) > MAX_TAGS:
        raise BadUserInput(f"`tags` has at most {MAX_TAGS} tags, not {len(tags)}.")
    if any(len(tag) > MAX_TAG + 1 for tag in tags):
        raise BadUserInput(f"A tag has at most {MAX_TAG} characters.")
    keys = [tag_key(tag[1:] if tag.startswith(HASHES) else tag) for tag in tags]
    return list(dict.fromkeys(key for key in keys if key and is_storable(key)))
