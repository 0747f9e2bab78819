"""Lists of accounts: what a search for people finds, and whom the viewer has muted or blocked."""

from domain import records
from domain.pages import RankedRequest, ranked_request
from resolvers.relations import Related
from schema.context import RequestContext
from schema.global_ids import IdKind, decode_pair, encode
from schema.graph import User
from schema.page_info import DEFAULT_PAGE
from schema.people import UserConnection


def found_people(page: records.Page[records.User], context: RequestContext, *, after: str | None) -> UserConnection:
    cursors = [encode(IdKind.SEARCH_CURSOR, user.follower_count, user.id) for user in page.items]
    users = [User.of(user, context) for user in page.items]
    return UserConnection.of(users, cursors, has_next=page.has_next, after=after)


def related_people(page: records.Page[Related], context: RequestContext, *, after: str | None) -> UserConnection:
    cursors = [encode(IdKind.RELATION_CURSOR, each.relation.id) for each in page.items]
    users = [User.of(each.user, context) for each in page.items]
    return UserConnection.of(users, cursors, has_next=page.has_next, after=after)


def ranked(first: int | None, after: str | None) -> RankedRequest:
    """Return the page request that the arguments ask for.

    Raises:
        BadUserInput: The page size is out of bounds, or the cursor is of another list.
    """
    return ranked_request(
        DEFAULT_PAGE if first is None else first,
        below=None if after is None else decode_pair(IdKind.SEARCH_CURSOR, after),
    )
