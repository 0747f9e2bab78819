"""Names and texts as they are shown outside of Tweeter: in titles, link previews and feeds.

Names and titles follow `web/src/lib/text/displayName.ts` and `web/src/posts/text/excerpt.ts`.
"""

import regex

from domain.records import User
from domain.text import MAX_CLUSTER_CODE_POINTS, MAX_POST_CHARACTERS

MAX_TITLE = 60  # characters of a text that stands in a title
MAX_DESCRIPTION = MAX_POST_CHARACTERS  # a description holds every post as its author wrote it

# Embeddings, overrides and isolates would change the direction of the text around them.
_DIRECTION_CONTROLS = regex.compile(r"[\u202A-\u202E\u2066-\u2069]")
_SPACES = regex.compile(r"[\s\p{Cc}]+")
_BLANK_LINES = regex.compile(r"(?:[^\S\n]*\n){3,}")
# A pair of regional indicators is one flag. It stands first, because `\X` reads the whole run of indicators again.
_CLUSTER = regex.compile(r"[\U0001F1E6-\U0001F1FF]{2}|\X")


def display_name(user: User) -> str:
    """Return an account's full name as pages show it, or its alias if the name has no visible characters."""
    return one_line(f"{user.first_name} {user.last_name}") or user.alias


def one_line(text: str) -> str:
    """Return the text on one line, without direction controls and control characters."""
    return _SPACES.sub(" ", _DIRECTION_CONTROLS.sub("", text)).strip()


def excerpt(text: str, most: int) -> str:
    """Return the beginning of the text on one line, of at most so many characters. Takes linear time."""
    line = one_line(text)
    # The characters of an old text may have more code points than the rule allows: no more of them are read.
    scanned = line[: (most + 1) * MAX_CLUSTER_CODE_POINTS]
    ends = [0, *(found.end() for found in _CLUSTER.finditer(scanned))]
    if len(ends) - 1 <= most and scanned == line:
        return line
    return f"{line[: ends[min(most, len(ends) - 1) - 1]].rstrip()}…"


def without_blank_lines(text: str) -> str:
    """Return the text with each run of blank lines reduced to one."""
    return _BLANK_LINES.sub("\n\n", text.replace("\r\n", "\n")).strip("\r\n")
