"""Finds what a page of the client is about: its status is 404 if that is missing, and its head says what it is."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request

from domain.accounts import is_alias
from domain.errors import BadUserInput, RateLimited
from domain.records import User
from domain.sharing import SharedPost
from resolvers import sharing, users
from schema.global_ids import IdKind, decode_as
from serving.callers import caller_of
from serving.graphql.auth import MakeContext
from serving.http_errors import NotReady
from storage import DatabaseError

FOUND_WITHIN_S = 1.0  # the longest delay of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The account or the post of a page. All is empty if the page has none, or if it is not known now."""

    is_gone: bool = False
    user: User | None = None
    post: SharedPost | None = None


NOTHING = Subject()
GONE = Subject(is_gone=True)


async def find_subject(request: Request, make_context: MakeContext) -> Subject:
    """Return what the address names, as an anonymous reader sees it.

    This takes one indexed read, which counts against the rate limit as the query does. If MongoDB is away or slow, or
    the caller is rate limited, the page is served without it and the client finds out itself.
    """
    alias, post_id = request.path_params.get("alias"), request.path_params.get("id")
    if alias is None:
        return NOTHING
    try:
        number = None if post_id is None else decode_as(IdKind.POST, post_id)
    except BadUserInput:
        return GONE
    if not is_alias(alias):
        return GONE
    try:
        async with asyncio.timeout(FOUND_WITHIN_S):
            context = await make_context(None, caller_of(request))
            if number is None:
                user = await users.find_by_alias(context, alias)
                return Subject(is_gone=user is None, user=user)
            post = await sharing.find_post(context, number)
            return Subject(is_gone=post is None, post=post)
    except (NotReady, RateLimited, DatabaseError, TimeoutError):
        return NOTHING
