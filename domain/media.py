"""The rules for pictures in posts."""

from collections.abc import Sequence

import regex

from domain.bios import LINE_ENDS
from domain.errors import FieldError, FieldErrorCode, InvalidInput, Problem
from domain.names import endless_problem, hidden_problem
from domain.text import count_characters, is_storable

SIDES = (640, 1_600)  # pixels: the longer side of each size; a picture that is smaller is not enlarged
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_IN_POST = 4
MAX_ALT = 1_500  # characters
MAX_ALT_BYTES = 6_000
MAX_PLACEHOLDER_BYTES = 400

TOO_LARGE = f"The picture is too large: at most {MAX_FILE_BYTES // 1024**2} MiB. Make it smaller first."
EMPTY = "The picture is an empty file. Choose another one."
ALT_TOO_LONG = f"The description has at most {MAX_ALT:,} characters and {MAX_ALT_BYTES:,} bytes."
TOO_MANY = f"A post has at most {MAX_IN_POST} pictures."
TWICE = "A post has each picture once."
NOT_FREE = "A picture is not there any more, or stands in another post. Upload it again."

_TRAILING = regex.compile(r"\p{Zs}+(?=\n|$)")


def check_upload(content: bytes, alt: str) -> str:
    """Return the description as it is stored. Of the file, only the size is checked; decoding may find more.

    Raises:
        InvalidInput: The file or its description breaks a rule. The error lists both.
    """
    problems = []
    if problem := _file_problem(content):
        problems.append(FieldError("file", *problem))
    if problem := alt_problem(alt):
        problems.append(FieldError("alt", *problem))
    if problems:
        raise InvalidInput(problems)
    return tidy_alt(alt)


def check_alt(alt: str) -> str:
    """Return the description as it is stored.

    Raises:
        InvalidInput: It breaks a rule.
    """
    if problem := alt_problem(alt):
        raise InvalidInput([FieldError("alt", *problem)])
    return tidy_alt(alt)


def check_media(media: Sequence[int]) -> Sequence[int]:
    """Return the ids of a new post's pictures, unchanged.

    Raises:
        InvalidInput: There are too many, or one is named twice.
    """
    if len(media) > MAX_IN_POST:
        raise InvalidInput([FieldError("media", FieldErrorCode.TOO_LONG, TOO_MANY)])
    if len(set(media)) < len(media):
        raise InvalidInput([FieldError("media", FieldErrorCode.INVALID, TWICE)])
    return media


def tidy_alt(alt: str) -> str:
    """Return the description as it is stored: trimmed, without spaces at the ends of lines, which end with LF."""
    return _TRAILING.sub("", LINE_ENDS.sub("\n", alt).replace("\t", " ")).strip()


def alt_problem(alt: str) -> Problem | None:
    """Return what is wrong with a description. None if it is good. An empty one is good."""
    if len(alt) > MAX_ALT_BYTES:
        return Problem(FieldErrorCode.TOO_LONG, ALT_TOO_LONG)  # before any check scans the whole text
    if not is_storable(alt):
        return Problem(FieldErrorCode.INVALID, "The description holds characters that are not valid Unicode.")
    tidied = tidy_alt(alt)
    if len(tidied.encode()) > MAX_ALT_BYTES or count_characters(tidied, at_most=MAX_ALT + 1) > MAX_ALT:
        return Problem(FieldErrorCode.TOO_LONG, ALT_TOO_LONG)
    return hidden_problem(tidied.replace("\n", " "), "description", "text") or endless_problem(tidied, "description")


def sizes_of(width: int, height: int) -> dict[int, tuple[int, int]]:
    """Return width and height of each stored size of a picture, keyed by its longer side in SIDES, the largest last.

    A picture that fits a size is not stored in a larger one.
    """
    sizes = {}
    for side in SIDES:
        scale = min(1, side / max(width, height))
        sizes[side] = (max(1, round(width * scale)), max(1, round(height * scale)))
        if scale == 1:
            break
    return sizes


def address(file: str, side: int) -> str:
    """Return the URL path of a picture in one size. Its content never changes, because names are never reused."""
    return f"/media/pictures/{file}/{side}.webp"


def srcset(file: str, width: int, height: int) -> str:
    """Return all sizes of a picture, as the value of the HTML attribute `srcset`."""
    sizes = sizes_of(width, height).items()
    return ", ".join(f"{address(file, side)} {across}w" for side, (across, _) in sizes)


def _file_problem(content: bytes) -> Problem | None:
    if not content:
        return Problem(FieldErrorCode.INVALID, EMPTY)
    return Problem(FieldErrorCode.TOO_LONG, TOO_LARGE) if len(content) > MAX_FILE_BYTES else None
