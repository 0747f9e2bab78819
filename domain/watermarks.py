"""The watermark `push_from` of a follow edge: which of the author's posts fan-out has put, or will put, into the feed.

    a post id w        pushed; entries are complete from w on, posts below w are pulled
    FILLING + token    pushed, and everything is pulled: the past is being filled in
    NEVER              not pushed; everything is pulled

The three kinds are ordered as written, so "pulled down to `low`" is simply `push_from > low`.
"""

import secrets

from domain.ids import MAX_ID

FILLING = MAX_ID + 1
NEVER = 2**63 - 1
_TOKEN_BITS = 61


def fresh_token() -> int:
    """A FILLING value that no other run of a task has ever used."""
    return FILLING + secrets.randbits(_TOKEN_BITS)


def is_filling(push_from: int) -> bool:
    return FILLING <= push_from < NEVER


def is_pushed(push_from: int) -> bool:
    return push_from < NEVER
