"""Page requests: the size of a page and the position at which it begins."""

from dataclasses import dataclass
from enum import IntEnum

from domain.errors import BadUserInput
from domain.ids import MAX_ID

MAX_PAGE = 100
MAX_COUNTED = 10_000  # items of a list whose total is counted when it is asked for


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request for the newest `first` items with ids below `before`."""

    first: int
    before: int = MAX_ID + 1

    def continued(self, first: int, end: int | None) -> "PageRequest":
        """Return the request for `first` items below `end`, where an earlier page of this list has stopped."""
        return PageRequest(first, self.before if end is None else end)


class ReadOrder(IntEnum):
    """The end of a list at which a read begins. The values are the signs of the differences between two ids."""

    NEWEST_FIRST = -1
    OLDEST_FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """A request for the `size` newest events with ids above `above` and below `below`, or for the oldest ones.

    `wants_next` and `wants_previous` say if the page must tell whether the feed goes on behind a bound that the request
    gives. Each may take one read more.
    """

    size: int
    above: int = -1
    below: int = MAX_ID + 1
    order: ReadOrder = ReadOrder.NEWEST_FIRST
    wants_next: bool = False
    wants_previous: bool = False


@dataclass(frozen=True, slots=True)
class RankedRequest:
    """A request for `first` accounts ordered by (followers, id), both descending, below the given pair."""

    first: int
    below: tuple[int, int] = (MAX_ID + 1, 0)


def page_request(first: int, before: int | None) -> PageRequest:
    """Return the request for a page ordered by id.

    Raises:
        BadUserInput: `first` is not from 1 to MAX_PAGE.
    """
    _check_size(first)
    return PageRequest(first) if before is None else PageRequest(first, before)


def check_one_direction(first: int | None, last: int | None) -> None:
    """Check that a page is asked for from one end of the list.

    Raises:
        BadUserInput: Both sizes are given, or one is not from 1 to MAX_PAGE.
    """
    if first is not None and last is not None:
        raise BadUserInput("Give `first` to read forwards or `last` to read backwards, not both.")
    if first is not None:
        _check_size(first)
    if last is not None:
        _check_size(last, "last")


def ranked_request(first: int, below: tuple[int, int] | None) -> RankedRequest:
    """Return the request for a page ordered by followers.

    Raises:
        BadUserInput: `first` is not from 1 to MAX_PAGE.
    """
    _check_size(first)
    return RankedRequest(first) if below is None else RankedRequest(first, below)


def _check_size(size: int, name: str = "first") -> None:
    if not 1 <= size <= MAX_PAGE:
        raise BadUserInput(f"`{name}` must be from 1 to {MAX_PAGE}, not {size}.")
