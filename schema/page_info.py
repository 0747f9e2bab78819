"""Paging by opaque keyset cursors: forward, and in the feed also backward."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from domain.pages import MAX_PAGE, FeedRequest, PageRequest, ReadOrder, check_one_direction, page_request
from domain.records import Page
from schema.context import Info
from schema.global_ids import IdKind, decode_as, encode
from schema.selection import gives, selects

DEFAULT_PAGE = 20

First = Annotated[
    int | None,
    strawberry.argument(
        description=f"The page size, from 1 to {MAX_PAGE}. Null means {DEFAULT_PAGE}. Other values are BAD_USER_INPUT."
    ),
]
FirstThree = Annotated[
    int | None,
    strawberry.argument(
        description=f"The page size, from 1 to {MAX_PAGE}. Null means 3. Other values are BAD_USER_INPUT."
    ),
]
FirstTen = Annotated[
    int | None,
    strawberry.argument(
        description=f"How many, from 1 to {MAX_PAGE}. Null means 10. Other values are BAD_USER_INPUT. No page follows."
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(
        description="The page begins after this cursor, which is an `endCursor` of this list. Null begins at the "
        "start. A cursor of another list is BAD_USER_INPUT."
    ),
]
Last = Annotated[
    int | None,
    strawberry.argument(
        description=f"Reads backwards: the page has the items just before `before`, or the last ones of the list. The "
        f"page size, from 1 to {MAX_PAGE}. Other values, and `last` together with `first`, are BAD_USER_INPUT."
    ),
]
Before = Annotated[
    str | None,
    strawberry.argument(
        description="The page ends before this cursor, which is a `startCursor` of this list. Null ends at the end. A "
        "cursor of another list is BAD_USER_INPUT."
    ),
]


@strawberry.type(
    description="The position of a page in its list. The feed is read in both directions, other lists forwards."
)
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether the list has items after this page.")
    has_previous_page: bool = strawberry.field(
        description="Whether the list has items before this page. Other lists than the feed say whether the page was "
        "asked for with `after`."
    )
    start_cursor: str | None = strawberry.field(
        description="For `before` of the previous page: the cursor of the first item. A page read backwards that is "
        "shorter than was asked for, although the list goes on, has the cursor of the position at which it stopped. "
        "Null on an empty page."
    )
    end_cursor: str | None = strawberry.field(
        description="For `after` of the next page: the cursor of the last item. A page that is shorter than was asked "
        "for, although the list goes on, has the cursor of the position at which it stopped. Null at the end of an "
        "empty list."
    )

    @classmethod
    def of(
        cls,
        cursors: Sequence[str],
        *,
        has_next: bool,
        has_previous: bool,
        start: str | None = None,
        end: str | None = None,
    ) -> "PageInfo":
        """`start` or `end` is where a page stopped that is shorter than asked for although the list goes on."""
        return cls(
            has_next_page=has_next,
            has_previous_page=has_previous,
            start_cursor=start or (cursors[0] if cursors else None),
            end_cursor=end or (cursors[-1] if cursors else None),
        )

    @classmethod
    def forward(cls, page: Page[Any], kind: IdKind, cursors: Sequence[str], *, after: str | None) -> "PageInfo":
        """Return the position of a page in a list that is read forwards. Its cursors hold one number each."""
        end = None if page.end is None else encode(kind, page.end)
        return cls.of(cursors, has_next=page.has_next, has_previous=after is not None, end=end)


def requested(kind: IdKind, first: int | None, after: str | None) -> PageRequest:
    """Return the page request that the arguments ask for.

    Raises:
        BadUserInput: The page size is out of bounds, or the cursor is of another list.
    """
    return page_request(
        DEFAULT_PAGE if first is None else first, before=None if after is None else decode_as(kind, after)
    )


def requested_of_feed(
    info: Info, *, first: int | None, after: str | None, last: int | None, before: str | None
) -> FeedRequest:
    """Return the request for a page of the feed. The default of `first` counts only if `last` is not given.

    Raises:
        BadUserInput: Both sizes are given or one is out of bounds, or a cursor is of another list.
    """
    if last is not None and not gives(info, "first"):
        first = None
    check_one_direction(first, last)
    bounds: dict[str, int] = {}
    if after is not None:
        bounds["below"] = decode_as(IdKind.POST_CURSOR, after)
    if before is not None:
        bounds["above"] = decode_as(IdKind.POST_CURSOR, before)
    return FeedRequest(
        size=next((size for size in (last, first) if size is not None), DEFAULT_PAGE),
        order=ReadOrder.NEWEST_FIRST if last is None else ReadOrder.OLDEST_FIRST,
        wants_next=selects(info, "pageInfo", "hasNextPage"),
        wants_previous=selects(info, "pageInfo", "hasPreviousPage"),
        **bounds,
    )
