"""Page requests: the size of a page and the position below which it begins."""

from dataclasses import dataclass

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


def ranked_request(first: int, below: tuple[int, int] | None) -> RankedRequest:
    """Return the request for a page ordered by followers.

    Raises:
        BadUserInput: `first` is not from 1 to MAX_PAGE.
    """
    _check_size(first)
    return RankedRequest(first) if below is None else RankedRequest(first, below)


def _check_size(first: int) -> None:
    if not 1 <= first <= MAX_PAGE:
        raise BadUserInput(f"`first` must be from 1 to {MAX_PAGE}, not {first}.")
