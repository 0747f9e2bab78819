"""The watermark `push_from` of a follow edge. It says which of the author's posts fan-out writes into the feed.

    a post id w        pushed. Entries are complete from w on; posts below w are pulled.
    FILLING + token    pushed, and all posts are pulled: a task writes the entries of older posts.
    NEVER              not pushed. All posts are pulled.

The values of the three kinds ascend in this order. So an edge is pulled in a range above `low` if `push_from > low`.
"""

import secrets

from domain.ids import MAX_ID

FILLING = MAX_ID + 1
NEVER = 2**63 - 1
_TOKEN_BITS = 61


def fresh_token() -> int:
    """Return a FILLING value that no other run of a task has used."""
    return FILLING + secrets.randbits(_TOKEN_BITS)


def is_filling(push_from: int) -> bool:
    return FILLING <= push_from < NEVER


def is_pushed(push_from: int) -> bool:
    return push_from < NEVER
