"""Opaque ids and cursors: a kind and a 64-bit number, as URL-safe base64 of nine bytes."""

import base64
import binascii
from enum import Enum

from domain.errors import BadUserInput


class Kind(Enum):
    USER = b"u"
    POST = b"p"
    SESSION = b"s"
    POST_CURSOR = b"P"
    FOLLOW_CURSOR = b"F"


def encode(kind: Kind, number: int) -> str:
    return base64.urlsafe_b64encode(kind.value + number.to_bytes(8, "big")).decode()


def decode(text: str) -> tuple[Kind, int]:
    """Errors: BadUserInput for anything that `encode` has not made."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        kind = Kind(raw[:1])
    except (ValueError, binascii.Error):
        raise BadUserInput("That is not an id or a cursor of this server.") from None
    number = int.from_bytes(raw[1:], "big")
    if len(raw) != 9 or number >= 2**63 or encode(kind, number) != text:  # base64 has several spellings
        raise BadUserInput("That is not an id or a cursor of this server.")
    return kind, number


def decode_as(kind: Kind, text: str) -> int:
    """Errors: BadUserInput, also where the id or cursor is one of another kind."""
    found, number = decode(text)
    if found is not kind:
        raise BadUserInput(f"Expected {_NAMES[kind]}, not {_NAMES[found]}.")
    return number


def decode_node(text: str) -> tuple[Kind, int]:
    """Errors: BadUserInput, also for a cursor."""
    found, number = decode(text)
    if found not in (Kind.USER, Kind.POST):
        raise BadUserInput(f"Expected the id of a user or a post, not {_NAMES[found]}.")
    return found, number


_NAMES = {
    Kind.USER: "the id of a user",
    Kind.POST: "the id of a post",
    Kind.SESSION: "the id of a session",
    Kind.POST_CURSOR: "a cursor of a list of posts",
    Kind.FOLLOW_CURSOR: "a cursor of a list of follows",
}
