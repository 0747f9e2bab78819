"""Requests for lists of posts that have an order or kinds: the replies to a post, and a story."""

from dataclasses import dataclass
from enum import Enum

from domain.pages import page_request


class ReplyOrder(Enum):
    OLDEST = "OLDEST"
    NEWEST = "NEWEST"


class StoryKind(Enum):
    """What a story may show. Each document of a story is of one of the first three kinds."""

    POST = "POST"
    REPLY = "REPLY"
    REPOST = "REPOST"
    MEDIA = "MEDIA"


AUTHORED = frozenset({StoryKind.POST, StoryKind.REPLY})  # what the author has written


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """A request for `first` replies in the given order, beyond the id `after`."""

    first: int
    order: ReplyOrder = ReplyOrder.OLDEST
    after: int | None = None


def reply_request(first: int, order: ReplyOrder, after: int | None) -> ReplyRequest:
    """Return the request for a page of replies.

    Raises:
        BadUserInput: `first` is not from 1 to MAX_PAGE.
    """
    return ReplyRequest(page_request(first, None).first, order, after)
