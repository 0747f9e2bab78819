"""Encodes entries as BSON by hand.

The entries of one post differ in 8 bytes. Joining these with the rest takes a third of the time that the driver takes
to encode a dictionary. The layout is that of https://bsonspec.org/spec.html.
"""

from collections.abc import Iterable, Iterator

from bson.raw_bson import RawBSONDocument

KEY_BYTES = 16  # reader, then post
_KEY = b"\x05_id\0" + KEY_BYTES.to_bytes(4, "little") + b"\0"
_POST, _AUTHOR, _REPLY = b"\x12post\0", b"\x12author\0", b"\x08reply\0\x01"


def encode_entries(rows: Iterable[tuple[int, int, int]], *, are_replies: bool = False) -> Iterator[RawBSONDocument]:
    """Yield the documents of (reader, post, author) rows, as `entries.entry_of` makes them.

    Numbers are always encoded with 64 bits. The driver encodes small ones with 32, which MongoDB holds equal.
    """
    encoded: tuple[int, int] | None = None
    head = tail = b""
    for reader, post, author in rows:
        if (post, author) != encoded:
            encoded = post, author
            tail = _tail(post, author, is_reply=are_replies)
            head = (4 + len(_KEY) + 8 + len(tail)).to_bytes(4, "little") + _KEY
        yield RawBSONDocument(head + reader.to_bytes(8, "big") + tail)


def _tail(post: int, author: int, *, is_reply: bool) -> bytes:
    """Return what follows the reader in an entry's document."""
    numbers = _POST + post.to_bytes(8, "little") + _AUTHOR + author.to_bytes(8, "little")
    return post.to_bytes(8, "big") + numbers + (_REPLY if is_reply else b"") + b"\0"
