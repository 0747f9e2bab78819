"""Opaque ids and cursors: a kind and a few 64-bit numbers, as URL-safe base64."""

import base64
import binascii
from enum import Enum

from domain.errors import BadUserInput


class IdKind(Enum):
    USER = b"u"
    POST = b"p"
    SESSION = b"s"
    MEDIA = b"m"
    POST_CURSOR = b"P"
    FOLLOW_CURSOR = b"F"
    REPOST_CURSOR = b"R"
    LIKE_CURSOR = b"L"
    KEPT_CURSOR = b"K"
    RELATION_CURSOR = b"M"
    SEARCH_CURSOR = b"S"  # follower count, then account id
    NOTIFICATION = b"n"  # the position in the list, then the account
    NOTIFICATION_CURSOR = b"N"  # the position in the list
    READ_MARKER = b"k"


# How many numbers an id or cursor holds, if it is not one.
PARTS = {IdKind.SEARCH_CURSOR: 2, IdKind.NOTIFICATION: 4, IdKind.NOTIFICATION_CURSOR: 3}


_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def encode(kind: IdKind, *numbers: int) -> str:
    raw = kind.value + b"".join([number.to_bytes(8, "big") for number in numbers])
    return binascii.b2a_base64(raw, newline=False).translate(_URL_SAFE).rstrip(b"=").decode()


def decode(text: str) -> tuple[IdKind, list[int]]:
    """Decode an id or a cursor.

    Raises:
        BadUserInput: `encode` has not made the text.
    """
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        kind = IdKind(raw[:1])
    except (ValueError, binascii.Error):
        raise BadUserInput("That is not an id or a cursor of this server.") from None
    numbers = [int.from_bytes(raw[place : place + 8], "big") for place in range(1, len(raw), 8)]
    is_ours = len(numbers) == PARTS.get(kind, 1) and encode(kind, *numbers) == text  # base64 has several spellings
    if not is_ours or any(number >= 2**63 for number in numbers):
        raise BadUserInput("That is not an id or a cursor of this server.")
    return kind, numbers


def decode_as(kind: IdKind, text: str) -> int:
    """Decode an id or cursor of the kind, which holds one number.

    Raises:
        BadUserInput: The text is not an id or cursor of the kind.
    """
    (number,) = decode_all(kind, text)
    return number


def decode_all(kind: IdKind, text: str) -> list[int]:
    """Decode an id or cursor of the kind, which holds as many numbers as PARTS says.

    Raises:
        BadUserInput: The text is not an id or cursor of the kind.
    """
    found, numbers = decode(text)
    if found is not kind:
        raise BadUserInput(f"Expected {_NAMES[kind]}, not {_NAMES[found]}.")
    return numbers


def decode_pair(kind: IdKind, text: str) -> tuple[int, int]:
    """Decode a cursor of the kind, which holds two numbers.

    Raises:
        BadUserInput: The text is not a cursor of the kind.
    """
    first, second = decode_all(kind, text)
    return first, second


def decode_node(text: str) -> tuple[IdKind, int]:
    """Decode the id of a user or a post.

    Raises:
        BadUserInput: The text is anything else, for example a cursor.
    """
    found, (number, *_) = decode(text)
    if found not in (IdKind.USER, IdKind.POST):
        raise BadUserInput(f"Expected the id of a user or a post, not {_NAMES[found]}.")
    return found, number


def decode_post(text: str) -> int:
    """Return the post id in a post's global id or in a cursor of a list of posts.

    Raises:
        BadUserInput: The text is anything else.
    """
    found, (number, *_) = decode(text)
    if found not in (IdKind.POST_CURSOR, IdKind.POST):
        raise BadUserInput(f"Expected a cursor of a list of posts, or the id of a post, not {_NAMES[found]}.")
    return number


_NAMES = {
    IdKind.USER: "the id of a user",
    IdKind.POST: "the id of a post",
    IdKind.SESSION: "the id of a session",
    IdKind.MEDIA: "the id of a picture",
    IdKind.POST_CURSOR: "a cursor of a list of posts",
    IdKind.FOLLOW_CURSOR: "a cursor of a list of follows",
    IdKind.REPOST_CURSOR: "a cursor of a list of reposts",
    IdKind.LIKE_CURSOR: "a cursor of a list of likes",
    IdKind.KEPT_CURSOR: "a cursor of a list of liked or bookmarked posts",
    IdKind.RELATION_CURSOR: "a cursor of a list of muted or blocked accounts",
    IdKind.SEARCH_CURSOR: "a cursor of a search",
    IdKind.NOTIFICATION: "the id of a notification",
    IdKind.NOTIFICATION_CURSOR: "a cursor of a list of notifications",
    IdKind.READ_MARKER: "a marker of read notifications",
}
