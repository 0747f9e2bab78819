"""The results of a search for people."""

import strawberry

from domain import records
from domain.pages import RankedRequest, ranked_request
from domain.search import MAX_FOUND
from schema.context import RequestContext
from schema.global_ids import IdKind, decode_pair, encode
from schema.graph import User
from schema.page_info import DEFAULT_PAGE, PageInfo


@strawberry.type(description="An account in a list.")
class UserEdge:
    cursor: str = strawberry.field(description="The position of the item in this list, for `after`.")
    node: User = strawberry.field(description="The account.")


@strawberry.type(description=f"A page of found accounts. A search finds at most {MAX_FOUND:,}.")
class UserConnection:
    edges: list[UserEdge] = strawberry.field(description="The accounts of this page.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")

    @classmethod
    def of(cls, page: records.Page[records.User], context: RequestContext, *, after: str | None) -> "UserConnection":
        cursors = [encode(IdKind.SEARCH_CURSOR, user.follower_count, user.id) for user in page.items]
        edges = [
            UserEdge(cursor=cursor, node=User.of(user, context))
            for cursor, user in zip(cursors, page.items, strict=True)
        ]
        return cls(edges=edges, page_info=PageInfo.of(cursors, has_next=page.has_next, after=after))


def ranked(first: int | None, after: str | None) -> RankedRequest:
    """Return the page request that the arguments ask for.

    Raises:
        BadUserInput: The page size is out of bounds, or the cursor is of another list.
    """
    return ranked_request(
        DEFAULT_PAGE if first is None else first,
        below=None if after is None else decode_pair(IdKind.SEARCH_CURSOR, after),
    )
