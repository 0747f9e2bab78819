"""A page of accounts that has no facts of its own about each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.search import MAX_FOUND
from schema.page_info import PageInfo

if TYPE_CHECKING:
    from schema.graph import User


@strawberry.type(description="An account in a list.")
class UserEdge:
    cursor: str = strawberry.field(description="The position of the item in this list, for `after`.")
    node: Annotated["User", strawberry.lazy("schema.graph")] = strawberry.field(description="The account.")


@strawberry.type(description=f"A page of accounts. A search finds at most {MAX_FOUND:,}.")
class UserConnection:
    edges: list[UserEdge] = strawberry.field(description="The accounts of this page.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")

    @classmethod
    def of(
        cls, users: Sequence["User"], cursors: Sequence[str], *, has_next: bool, after: str | None = None
    ) -> "UserConnection":
        edges = [UserEdge(cursor=cursor, node=user) for cursor, user in zip(cursors, users, strict=True)]
        return cls(edges=edges, page_info=PageInfo.of(cursors, has_next=has_next, has_previous=after is not None))
