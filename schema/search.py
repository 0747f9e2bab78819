"""Lists of accounts: what a search for people finds, and whom the viewer has muted or blocked."""

from collections.abc import Sequence

import strawberry

from domain import records
from domain.pages import RankedRequest, ranked_request
from domain.search import MAX_FOUND
from resolvers.relations import Related
from schema.context import RequestContext
from schema.global_ids import IdKind, decode_pair, encode
from schema.graph import User
from schema.page_info import DEFAULT_PAGE, PageInfo


@strawberry.type(description="An account in a list.")
class UserEdge:
    cursor: str = strawberry.field(description="The position of the item in this list, for `after`.")
    node: User = strawberry.field(description="The account.")


@strawberry.type(description=f"A page of accounts. A search finds at most {MAX_FOUND:,}.")
class UserConnection:
    edges: list[UserEdge] = strawberry.field(description="The accounts of this page.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")

    @classmethod
    def of(cls, page: records.Page[records.User], context: RequestContext, *, after: str | None) -> "UserConnection":
        cursors = [encode(IdKind.SEARCH_CURSOR, user.follower_count, user.id) for user in page.items]
        return cls._of(page.items, cursors, context, has_next=page.has_next, after=after)

    @classmethod
    def of_related(cls, page: records.Page[Related], context: RequestContext, *, after: str | None) -> "UserConnection":
        cursors = [encode(IdKind.RELATION_CURSOR, each.relation.id) for each in page.items]
        return cls._of([each.user for each in page.items], cursors, context, has_next=page.has_next, after=after)

    @classmethod
    def _of(
        cls,
        users: Sequence[records.User],
        cursors: Sequence[str],
        context: RequestContext,
        *,
        has_next: bool,
        after: str | None,
    ) -> "UserConnection":
        edges = [
            UserEdge(cursor=cursor, node=User.of(user, context)) for cursor, user in zip(cursors, users, strict=True)
        ]
        return cls(edges=edges, page_info=PageInfo.of(cursors, has_next=has_next, has_previous=after is not None))


def ranked(first: int | None, after: str | None) -> RankedRequest:
    """Return the page request that the arguments ask for.

    Raises:
        BadUserInput: The page size is out of bounds, or the cursor is of another list.
    """
    return ranked_request(
        DEFAULT_PAGE if first is None else first,
        below=None if after is None else decode_pair(IdKind.SEARCH_CURSOR, after),
    )
