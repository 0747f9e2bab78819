"""Finds the end of a link that begins at a known position."""

import regex

from domain.hosts import find_bare_host_end, find_host_end
from domain.letters import SPACED

MAX_PORT = 65_535

_PORT = regex.compile(r":([0-9]{1,5}+)(?![0-9])")
# `user:password@` before a host is refused: it shows a password, or it makes google.com@evil.example look like another.
_USER = regex.compile(r"(?::[!-.0-9:;<=>A-\[\]-~]*+)?[@＠]")
# Matches the rest of an e-mail address: name.al+lastname@example.org. RFC 5321 allows 64 characters before the @.
_LOCAL_PART = regex.compile(rf"(?V1)[{SPACED}+%=._\-]{{0,64}}+[@＠]")
# Joiners belong to the words of Persian and of Indic scripts. All other invisible characters end a link. So do
# quotation marks, emoji, and the punctuation and letters of scripts that put no space before the next word.
_PATH = regex.compile(
    rf"(?V1)(?:[{SPACED}\-._~!$&'()*+,;=:@%/?#\[\]{{}}|–·]++|(?<={SPACED})[\u200C\u200D](?=\p{{L}}))++"
)
_BRACKET = regex.compile(r"[()\[\]{}]")
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_CLOSING = ".,;:!?'*~|"  # at the end of a link, these belong to the sentence


class LinkEnds:
    """Finds the ends of the links in one text. Ask for the links in the order in which they stand in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        # The end of the last run of path characters. Links in the same run share it, so no run is scanned twice.
        self._path_end = 0

    def find(self, host: int) -> int | None:
        """Return the end of the link whose scheme ends at `host`. None if no host follows."""
        end = find_host_end(self._text, host)
        if end is None or _USER.match(self._text, end):
            return None
        return self._find_path_end(end)

    def find_bare(self, host: "regex.Match[str]") -> int | None:
        """Return the end of the link without a scheme that begins with a match of BARE_HOST. None if that is text."""
        length = find_bare_host_end(host["bare"])
        if length is None or _LOCAL_PART.match(self._text, host.start() + length):
            return None
        return self._find_path_end(host.start() + length)

    def _find_path_end(self, end: int) -> int:
        """Return the end of the link: of the port, path, query and fragment that follow the host at `end`."""
        port = _PORT.match(self._text, end)
        if port is not None and int(port[1]) <= MAX_PORT:
            end = port.end()
        if not self._text.startswith(("/", "?", "#"), end):
            return end
        if end >= self._path_end and (path := _PATH.match(self._text, end)):
            self._path_end = path.end()
        return _shed_closing(self._text, end, _find_unbalanced(self._text, end, self._path_end))


def _find_unbalanced(text: str, start: int, end: int) -> int:
    """Return the position of the first bracket without its counterpart. `end` if all brackets are balanced."""
    open_brackets: list[tuple[str, int]] = []
    for bracket in _BRACKET.finditer(text, start, end):
        if closed_by := _CLOSED_BY.get(bracket[0]):
            open_brackets.append((closed_by, bracket.start()))
        elif open_brackets and open_brackets[-1][0] == bracket[0]:
            open_brackets.pop()
        else:
            end = bracket.start()
            break
    return open_brackets[0][1] if open_brackets else end


def _shed_closing(text: str, start: int, end: int) -> int:
    """Return the end of the link without trailing punctuation and without a possessive 's."""
    while end > start:
        if text[end - 1] in _CLOSING:
            end -= 1
        elif text[max(start, end - 2) : end] in ("'s", "'S"):
            end -= 2
        else:
            break
    return end
