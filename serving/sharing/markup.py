"""HTML and XML made of users' texts."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

import regex

from domain.excerpts import without_blank_lines
from domain.media import address, sizes_of
from domain.records import Post
from domain.segments import Segment, SegmentKind, cut_segments
from serving.sharing.addresses import Site

# XML 1.0 allows no other characters, not even as references (https://www.w3.org/TR/xml/#charsets).
_NO_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_CONTROLS = regex.compile(r"[\p{Cc}--[\t\n]]", regex.V1)
# `</script` and `<!--` end or change a script element of any type.
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def element(name: str, attributes: Mapping[str, str]) -> str:
    """Return the start of an HTML element."""
    quoted = [f' {key}="{escape(_CONTROLS.sub("", text))}"' for key, text in attributes.items()]
    return f"<{name}{''.join(quoted)}>"


def data_script(data: Mapping[str, Any]) -> str:
    """Return a script element with data, which is not executed and which no text in it can end."""
    text = json.dumps(data, ensure_ascii=False)
    return f'<script type="application/ld+json">{"".join(_IN_SCRIPT.get(c, c) for c in text)}</script>'


def text_html(text: str, site: Site, **attributes: str) -> str:
    """Return the text as HTML, with its links, mentions and tags. `attributes` are added to each link."""
    parts = []
    for segment in cut_segments(without_blank_lines(_CONTROLS.sub("", text))):
        shown, href = escape(segment.text), _address_of(segment, site)
        parts.append(f"{element('a', {'href': href, **attributes})}{shown}</a>" if href else shown)
    return "".join(parts)


def pictures_html(post: Post, origin: str = "") -> str:
    """Return the pictures of a post in their smaller size. Without an origin, their addresses are paths."""
    shown = []
    for media in post.media:
        side, (width, height) = min(sizes_of(media.width, media.height).items())
        picture = {"src": f"{origin}{address(media.file, side)}", "alt": media.alt}
        shown.append(element("img", picture | {"width": str(width), "height": str(height)}))
    return "".join(shown)


def _address_of(segment: Segment, site: Site) -> str | None:
    """Return where the segment leads. None for plain text."""
    if segment.kind is SegmentKind.MENTION:
        return f"{site.origin}/@{segment.alias}"
    if segment.tag is not None:
        return site.tag(segment.tag)
    return segment.url


def xml_text(text: str) -> str:
    """Return the text escaped for XML, without the characters that XML forbids."""
    return escape(_NO_XML.sub("", text))
