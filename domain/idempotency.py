"""Idempotency keys: a client sends the same key again to retry a mutation without repeating its effect."""

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.errors import FieldError, FieldErrorCode, InvalidInput
from domain.records import Post

MAX_KEY_CHARACTERS = 64
KEY_LIFE = timedelta(days=1)  # afterwards the same key may create another post

FIELD = "idempotencyKey"

# ASCII only: a character is a byte, and no key has two Unicode forms.
_KEY = re.compile(rf"[!-~]{{1,{MAX_KEY_CHARACTERS}}}")


def is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def check_key(key: str) -> str:
    """Return the key, unchanged.

    Raises:
        InvalidInput: The key is empty, too long, or has a character outside printable ASCII. The message does not
            quote the key.
    """
    if is_key(key):
        return key
    wanted = f"1 to {MAX_KEY_CHARACTERS} ASCII letters, digits and signs, without blanks"
    code = FieldErrorCode.TOO_LONG if len(key) > MAX_KEY_CHARACTERS else FieldErrorCode.INVALID
    raise InvalidInput(
        [FieldError(FIELD, code if key else FieldErrorCode.REQUIRED, f"An idempotency key has {wanted}.")]
    )


def check_same_post(
    made: Post, *, text: str, reply_to: int | None = None, quote: int | None = None, media: Sequence[int] = ()
) -> Post:
    """Return the post that the key has already created.

    Raises:
        InvalidInput: The request has the same key with another text or other pictures, or answers or quotes another
            post.
    """
    pictures = [one.id for one in made.media]
    if (made.text, made.reply_to, made.quote, pictures) == (text, reply_to, quote, list(media)):
        return made
    message = "This idempotency key has already created another post. Use a new key for each post."
    raise InvalidInput([FieldError(FIELD, FieldErrorCode.TAKEN, message)])
