"""Remembers what was read from the texts of headers, which most requests share.

Strangers send headers, so the texts are bounded in number and in length. A text that is longer is read each time.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

MAX_TEXTS = 300  # of each function
MAX_CHARACTERS = 500  # of a text; a browser's User-Agent has some 120, and its Accept as many

Value = TypeVar("Value")


def remembered(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return the function with its latest results remembered. They must follow from the text, and never change."""
    kept = lru_cache(maxsize=MAX_TEXTS)(read)

    @wraps(read)
    def find(text: str) -> Value:
        return kept(text) if len(text) <= MAX_CHARACTERS else read(text)

    return find
