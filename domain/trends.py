"""Trends: the tags whose use has risen most within a day. All figures are estimates of a task."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

TREND_DAY = timedelta(days=1)
MIN_AUTHORS = 2  # of a trend: one account makes none
MAX_TRENDS = 5_000  # tags whose use is stored at a time, those with the most posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A tag as a post has written it, and roughly how many posts had it within the last day."""

    tag: str
    post_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagUse:
    """The use of a tag within a day: posts, and how many accounts have written them."""

    posts: float
    authors: float
    newest: int = 0  # the newest of the posts


UNUSED = TagUse(posts=0, authors=0)


def rise_of(today: TagUse, yesterday: TagUse) -> float:
    """Return how far the use of a tag has risen above what it varies by from day to day. 0 if it is no trend.

    Accounts count, not posts. Counts of n independent events vary by the square root of n.
    """
    if today.authors < MIN_AUTHORS:
        return 0
    return max(0, today.authors - yesterday.authors) / sqrt(max(yesterday.authors, 1))


def rises(today: Mapping[str, TagUse], yesterday: Mapping[str, TagUse]) -> dict[str, float]:
    """Return the rise of each tag that is used today."""
    return {key: rise_of(use, yesterday.get(key, UNUSED)) for key, use in today.items()}
