"""Paging: forward, by opaque keyset cursors."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from domain.pages import MAX_PAGE, PageRequest, page_request
from schema.global_ids import IdKind, decode_as

DEFAULT_PAGE = 20

First = Annotated[
    int | None,
    strawberry.argument(
        description=f"The page size, from 1 to {MAX_PAGE}. Null means {DEFAULT_PAGE}. Other values are BAD_USER_INPUT."
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(
        description="The page begins after this cursor, which is an `endCursor` of this list. Null begins at the "
        "start. A cursor of another list is BAD_USER_INPUT."
    ),
]


@strawberry.type(description="The position of a page in its list. Lists are read forwards.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether the list has items after this page.")
    has_previous_page: bool = strawberry.field(description="Whether the page was asked for with `after`.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item. Null on an empty page.")
    end_cursor: str | None = strawberry.field(
        description="For `after` of the next page: the cursor of the last item. A page that is shorter than was asked "
        "for, although the list goes on, has the cursor of the position at which it stopped. Null at the end of an "
        "empty list."
    )

    @classmethod
    def of(cls, cursors: Sequence[str], *, has_next: bool, after: str | None, end: str | None = None) -> "PageInfo":
        """`end` is where a page stopped that is shorter than asked for although the list goes on."""
        return cls(
            has_next_page=has_next,
            has_previous_page=after is not None,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=end or (cursors[-1] if cursors else None),
        )


def requested(kind: IdKind, first: int | None, after: str | None) -> PageRequest:
    """Return the page request that the arguments ask for.

    Raises:
        BadUserInput: The page size is out of bounds, or the cursor is of another list.
    """
    return page_request(
        DEFAULT_PAGE if first is None else first, before=None if after is None else decode_as(kind, after)
    )
