"""Paging: forward, by opaque keyset cursors."""

from collections.abc import Sequence

import strawberry

from domain.opaque import Kind, decode_as
from domain.pages import PageRequest, page_request

DEFAULT_PAGE = 20


@strawberry.type
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None

    @classmethod
    def of(cls, cursors: Sequence[str], *, has_next: bool, after: str | None) -> "PageInfo":
        return cls(
            has_next_page=has_next,
            has_previous_page=after is not None,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )


def requested(kind: Kind, first: int | None, after: str | None) -> PageRequest:
    """Errors: BadUserInput for a page size out of bounds, or a cursor of another list."""
    return page_request(
        DEFAULT_PAGE if first is None else first, before=None if after is None else decode_as(kind, after)
    )
