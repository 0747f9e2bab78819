"""Finds whether the subject of a page exists, so that its status can be 404."""

import asyncio

from starlette.requests import Request

from domain.accounts import is_alias
from domain.errors import BadUserInput, RateLimited
from resolvers import posts, users
from schema.global_ids import IdKind, decode_as
from serving.callers import caller_of
from serving.graphql.auth import MakeContext
from serving.http_errors import NotReady
from storage import DatabaseError

FOUND_WITHIN_S = 1.0  # the longest delay of a page


async def is_gone(request: Request, make_context: MakeContext) -> bool:
    """Return whether the account or the post of the address is known not to exist.

    This takes one indexed find, which counts against the rate limit as the query does. If MongoDB is away or slow, or
    the caller is rate limited, the page is served and the client finds out itself.
    """
    alias, post_id = request.path_params.get("alias"), request.path_params.get("id")
    if alias is None:
        return False
    try:
        post = None if post_id is None else decode_as(IdKind.POST, post_id)
    except BadUserInput:
        return True
    if not is_alias(alias):
        return True
    try:
        async with asyncio.timeout(FOUND_WITHIN_S):
            context = await make_context(None, caller_of(request))
            found = await (users.find_by_alias(context, alias) if post is None else posts.find_by_id(context, post))
    except (NotReady, RateLimited, DatabaseError, TimeoutError):
        return False
    return found is None
