"""How far and how much a list is read."""

from dataclasses import dataclass

from domain.errors import BadUserInput
from domain.ids import MAX_ID

MAX_PAGE = 100


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The newest `first` items with ids below `before`."""

    first: int
    before: int = MAX_ID + 1


@dataclass(frozen=True, slots=True)
class RankedRequest:
    """The `first` accounts with the most followers below (followers, id); among equals, the newest."""

    first: int
    below: tuple[int, int] = (MAX_ID + 1, 0)


def page_request(first: int, before: int | None) -> PageRequest:
    """Errors: BadUserInput where `first` is out of bounds."""
    _check_size(first)
    return PageRequest(first) if before is None else PageRequest(first, before)


def ranked_request(first: int, below: tuple[int, int] | None) -> RankedRequest:
    """Errors: BadUserInput where `first` is out of bounds."""
    _check_size(first)
    return RankedRequest(first) if below is None else RankedRequest(first, below)


def _check_size(first: int) -> None:
    if not 1 <= first <= MAX_PAGE:
        raise BadUserInput(f"`first` must be from 1 to {MAX_PAGE}, not {first}.")
