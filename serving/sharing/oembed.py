"""oEmbed: tells another site how to show a post (https://oembed.com)."""

from html import escape
from typing import Any
from urllib.parse import urlsplit

from domain.errors import BadUserInput
from domain.excerpts import display_name, excerpt
from domain.sharing import SharedPost
from schema.global_ids import IdKind, decode_as
from serving.sharing.addresses import Site
from serving.sharing.markup import element
from serving.sharing.previews import NAME, description_of

WIDTH_PX, LEAST_WIDTH_PX = 550, 220
A_DAY_S = 24 * 60 * 60
MAX_TITLE = 100  # characters
# Heights that hold the page for a text of ordinary letters. The frame scrolls if it is too low.
_AROUND_PX, _LINE_PX, _QUOTE_PX, _LETTER_PX, _PICTURE_PX = 160, 22, 80, 7, 404


def post_at(address: str, site: Site) -> int | None:
    """Return the post of an address of this site: that of its page, or of its frame. None for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != urlsplit(site.origin).netloc.lower():
        return None
    match parts.path.split("/"):
        case ["", handle, "posts", post] if handle.startswith("@"):
            pass
        case ["", "embed", post]:
            pass
        case _:
            return None
    try:
        return decode_as(IdKind.POST, post)
    except BadUserInput:
        return None


def describe(shared: SharedPost, site: Site, *, max_width: int | None, max_height: int | None) -> dict[str, Any]:
    """Return the answer for a post. Sizes are in CSS pixels."""
    width = max(LEAST_WIDTH_PX, min(WIDTH_PX, max_width or WIDTH_PX))
    height = min(_height(shared, width), max_height or 10_000)
    name = display_name(shared.author)
    frame = {
        "src": site.embedded(shared.post),
        "title": f"{name} (@{shared.author.alias}): {excerpt(description_of(shared), MAX_TITLE)}",
        "width": str(width),
        "height": str(height),
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
        "loading": "lazy",
        "style": "border: 0; max-width: 100%",
    }
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": NAME,
        "provider_url": f"{site.origin}/",
        "author_name": name,
        "author_url": site.profile(shared.author),
        "title": escape(excerpt(description_of(shared), MAX_TITLE)),
        "html": f"{element('iframe', frame)}</iframe>",
        "width": width,
        "height": height,
        "cache_age": A_DAY_S,
    }


def _height(shared: SharedPost, width: int) -> int:
    def lines(text: str) -> int:
        return sum(1 + len(line) * _LETTER_PX // (width - 32) for line in text.split("\n"))

    quoted = _QUOTE_PX + lines(shared.quoted.post.text) * _LINE_PX if shared.quoted else _QUOTE_PX * bool(shared.gap)
    pictures = len(shared.post.media) * _PICTURE_PX
    return _AROUND_PX + lines(shared.post.text) * _LINE_PX + pictures + quoted
