"""What an account does with a post of any author without posting itself: it likes the post, or keeps a bookmark."""

from enum import Enum


class ActKind(Enum):
    LIKE = "like"  # public and counted
    BOOKMARK = "bookmark"  # private, in no count
