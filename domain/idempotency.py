"""Idempotency keys: a client names what it wants done once, so that it may safely ask again."""

import re
from datetime import timedelta

from domain.errors import FieldError, FieldErrorCode, InvalidInput
from domain.records import Post

MAX_KEY_CHARACTERS = 64
KEY_LIFE = timedelta(days=1)  # after which a key may stand for something else

FIELD = "idempotencyKey"

# ASCII alone, so that characters are bytes and no key has two forms.
_KEY = re.compile(rf"[!-~]{{1,{MAX_KEY_CHARACTERS}}}")


def is_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def check_key(key: str) -> str:
    """Return the key, unchanged.

    Raises:
        InvalidInput: It is empty, too long, or has a character that no key may have. The key is not quoted.
    """
    if is_key(key):
        return key
    wanted = f"1 to {MAX_KEY_CHARACTERS} ASCII letters, digits and signs, without blanks"
    code = FieldErrorCode.TOO_LONG if len(key) > MAX_KEY_CHARACTERS else FieldErrorCode.INVALID
    raise InvalidInput(
        [FieldError(FIELD, code if key else FieldErrorCode.REQUIRED, f"An idempotency key has {wanted}.")]
    )


def check_same_post(made: Post, *, text: str) -> Post:
    """Return the post that was made with the key before.

    Raises:
        InvalidInput: The key has now come with another text.
    """
    if made.text == text:
        return made
    message = "This idempotency key has made another post. Use a new key for each post."
    raise InvalidInput([FieldError(FIELD, FieldErrorCode.TAKEN, message)])
