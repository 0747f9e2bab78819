"""Opaque ids and cursors: a kind and one or two 64-bit numbers, as URL-safe base64."""

import base64
import binascii
from enum import Enum

from domain.errors import BadUserInput


class IdKind(Enum):
    USER = b"u"
    POST = b"p"
    SESSION = b"s"
    POST_CURSOR = b"P"
    FOLLOW_CURSOR = b"F"
    SEARCH_CURSOR = b"S"  # followers, then the account


def encode(kind: IdKind, *numbers: int) -> str:
    raw = kind.value + b"".join(number.to_bytes(8, "big") for number in numbers)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decode(text: str) -> tuple[IdKind, list[int]]:
    """Errors: BadUserInput for anything that `encode` has not made."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        kind = IdKind(raw[:1])
    except (ValueError, binascii.Error):
        raise BadUserInput("That is not an id or a cursor of this server.") from None
    numbers = [int.from_bytes(raw[place : place + 8], "big") for place in range(1, len(raw), 8)]
    wanted = 2 if kind is IdKind.SEARCH_CURSOR else 1
    is_ours = len(numbers) == wanted and encode(kind, *numbers) == text  # base64 has several spellings
    if not is_ours or any(number >= 2**63 for number in numbers):
        raise BadUserInput("That is not an id or a cursor of this server.")
    return kind, numbers


def decode_as(kind: IdKind, text: str) -> int:
    """Errors: BadUserInput, also where the id or cursor is one of another kind."""
    (number,) = _numbers_of(kind, text)
    return number


def decode_pair(kind: IdKind, text: str) -> tuple[int, int]:
    """As `decode_as`, for a cursor that holds two numbers."""
    first, second = _numbers_of(kind, text)
    return first, second


def decode_node(text: str) -> tuple[IdKind, int]:
    """Errors: BadUserInput, also for a cursor."""
    found, (number, *_) = decode(text)
    if found not in (IdKind.USER, IdKind.POST):
        raise BadUserInput(f"Expected the id of a user or a post, not {_NAMES[found]}.")
    return found, number


def decode_post(text: str) -> int:
    """The post that a cursor of a list of posts, or the id of a post, stands for. Errors: BadUserInput."""
    found, (number, *_) = decode(text)
    if found not in (IdKind.POST_CURSOR, IdKind.POST):
        raise BadUserInput(f"Expected a cursor of a list of posts, or the id of a post, not {_NAMES[found]}.")
    return number


def _numbers_of(kind: IdKind, text: str) -> list[int]:
    found, numbers = decode(text)
    if found is not kind:
        raise BadUserInput(f"Expected {_NAMES[kind]}, not {_NAMES[found]}.")
    return numbers


_NAMES = {
    IdKind.USER: "the id of a user",
    IdKind.POST: "the id of a post",
    IdKind.SESSION: "the id of a session",
    IdKind.POST_CURSOR: "a cursor of a list of posts",
    IdKind.FOLLOW_CURSOR: "a cursor of a list of follows",
    IdKind.SEARCH_CURSOR: "a cursor of a search",
}
