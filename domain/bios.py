"""The rules for the bio of an account: what the account says about itself, on a few lines."""

import regex

from domain.errors import FieldErrorCode, Problem
from domain.names import endless_problem, hidden_problem, tidy_name
from domain.text import count_characters, is_blank, is_storable

MAX_BIO = 160  # characters
MAX_BIO_LINES = 8  # with blank ones; a profile shows all of them
MAX_BIO_BYTES = 4_800  # 30 for each character, as for a post

LINE_ENDS = regex.compile(r"\r\n|[\n\r\v\f\u0085\u2028\u2029]")
TOO_LONG = f"The bio has at most {MAX_BIO} characters, {MAX_BIO_LINES} lines and {MAX_BIO_BYTES:,} bytes."


def tidy_bio(bio: str) -> str:
    """Return the bio as it is stored.

    Its lines are tidied like names and end with LF. A tab becomes a space. Blank lines at the start and the end are
    removed; others are reduced to one between two lines.
    """
    lines = ["" if is_blank(line) else tidy_name(line.replace("\t", " ")) for line in LINE_ENDS.split(bio)]
    kept = [line for above, line in zip(["", *lines], lines, strict=False) if line or above]
    return "\n".join(kept).rstrip("\n")


def bio_problem(bio: str) -> Problem | None:
    """Return what is wrong with a bio. None if it is good. An empty one is good."""
    if len(bio) > MAX_BIO_BYTES:
        return Problem(FieldErrorCode.TOO_LONG, TOO_LONG)  # before any check scans the whole text
    if not is_storable(bio):
        return Problem(FieldErrorCode.INVALID, "The bio holds characters that are not valid Unicode.")
    tidied = tidy_bio(bio)
    if len(tidied.encode()) > MAX_BIO_BYTES or count_characters(tidied, at_most=MAX_BIO + 1) > MAX_BIO:
        return Problem(FieldErrorCode.TOO_LONG, TOO_LONG)
    if tidied.count("\n") >= MAX_BIO_LINES:
        return Problem(FieldErrorCode.TOO_LONG, TOO_LONG)
    return hidden_problem(tidied.replace("\n", " "), "bio", "text") or endless_problem(tidied, "bio")
