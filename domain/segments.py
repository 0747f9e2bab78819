"""Cuts the text of a post into plain text, mentions, links and tags."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice

import regex

from domain.accounts import alias_key
from domain.hosts import BARE_HOST, is_followed_by_domain
from domain.letters import SPACED
from domain.links import LinkEnds
from domain.tags import TAG, tag_key

MAX_SET_APART = 20  # mentions, links and tags; 280 characters can hold 93

# Digits, and letters that form one word with an alias beside them. Hebrew and Arabic letters do not: these languages
# write "to" and "and" directly before a name.
_WORD = r"A-Za-z0-9_\p{Latin}\p{Greek}\p{Cyrillic}\p{Nd}"
# A mark after a letter belongs to the letter. The variation selector that makes a sign an emoji does not.
_AFTER_WORD = rf"(?<![{_WORD}][\p{{Mn}}--\uFE0F]*+)"
# Both cases are spelt out, because IGNORECASE takes ſ for s and the Kelvin sign for k.
_BEGINNING = regex.compile(
    rf"""(?V1)
    (?<mention>
        (?=[@＠])(?: {_AFTER_WORD}(?<![!\#$%&*@＠]) | (?<=(?<![{_WORD}+~.\-])[Rr][Tt]:?) )
        [@＠](?<alias>[A-Za-z0-9_]{{1,30}}+)(?![{_WORD}\p{{M}}@＠]|://)
    )
    | (?<scheme>(?=[Hh])(?<![{_WORD}$\#＃@＠])[Hh][Tt][Tt][Pp][Ss]?://)
    | (?<bare>(?<![{SPACED}_\-./\\%$\#＃@＠]){BARE_HOST})
    | {TAG}
    """,
    regex.VERBOSE,
)
# Every mention, link and tag contains a match of this pattern.
_ANCHOR = regex.compile(r"[@＠#＃]|\.\w|://\[")


class SegmentKind(Enum):
    TEXT = "TEXT"
    MENTION = "MENTION"
    LINK = "LINK"
    TAG = "TAG"


@dataclass(frozen=True, slots=True)
class Segment:
    kind: SegmentKind
    text: str
    alias: str | None = None
    url: str | None = None
    tag: str | None = None


def cut_segments(text: str) -> list[Segment]:
    """Return the text as segments: plain text, mentions, links and tags. Their texts joined give the original text.

    Everything after MAX_SET_APART mentions, links and tags is plain text, which bounds the size of a page.
    """
    segments: list[Segment] = []
    cut_to = 0
    for start, segment in islice(_find_set_apart(text), MAX_SET_APART):
        if start > cut_to:
            segments.append(Segment(SegmentKind.TEXT, text[cut_to:start]))
        segments.append(segment)
        cut_to = start + len(segment.text)
    if cut_to < len(text):
        segments.append(Segment(SegmentKind.TEXT, text[cut_to:]))
    return segments


def mentioned_aliases(text: str) -> list[str]:
    """Return the aliases that the text mentions, in lower case, each once, in the order of the text."""
    if "@" not in text and "＠" not in text:
        return []
    mentions = (segment.alias for segment in cut_segments(text) if segment.alias is not None)
    return list(dict.fromkeys(map(alias_key, mentions)))


def tags_in(segments: Iterable[Segment]) -> list[str]:
    """Return the keys of the tags, each once."""
    return list(dict.fromkeys(tag_key(segment.tag) for segment in segments if segment.tag is not None))


def _find_set_apart(text: str) -> Iterator[tuple[int, Segment]]:
    """Yield the position and the segment of each mention, link and tag.

    Takes linear time: no part of the text is searched more than a fixed number of times.
    """
    place, link_ends = 0, LinkEnds(text)
    anchor = _ANCHOR.search(text)
    while anchor is not None:
        # Skip to the word of the anchor: no segment but text begins before it, and _BEGINNING costs 20 times as much.
        place = max(place, text.rfind(" ", place, anchor.start()) + 1)
        while place <= anchor.start():
            found = _BEGINNING.search(text, place)
            if found is None:
                return
            place = found.end()
            if segment := _segment_at(found, link_ends):
                yield found.start(), segment
                place = found.start() + len(segment.text)
        anchor = _ANCHOR.search(text, place)


def _segment_at(found: "regex.Match[str]", link_ends: LinkEnds) -> Segment | None:
    """Return the mention, link or tag that begins there. None if it is plain text."""
    text, start = found.string, found.start()
    if alias := found["alias"]:
        # @bob.example.org and @bob@example.org name accounts of other servers.
        return None if is_followed_by_domain(text, found.end()) else Segment(SegmentKind.MENTION, found[0], alias=alias)
    if tag := found["tag"]:
        return Segment(SegmentKind.TAG, found[0], tag=tag)
    end = link_ends.find(found.end()) if found["scheme"] else link_ends.find_bare(found)
    if end is None:
        return None
    link = text[start:end]
    return Segment(SegmentKind.LINK, link, url=link if found["scheme"] else f"https://{link}")
