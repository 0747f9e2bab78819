"""Looking accounts up, and how the viewer stands to them."""

from collections.abc import Collection as Ids

from domain.accounts import is_alias
from domain.pages import RankedRequest
from domain.records import Page, User
from domain.search import query_words
from resolvers.context import Context


async def viewer(context: Context) -> User | None:
    """None for an anonymous request."""
    return await context.services.storage.users.find_by_id(context.viewer) if context.viewer is not None else None


async def find_by_id(context: Context, user: int) -> User | None:
    return await context.services.storage.users.find_by_id(user)


async def find_by_alias(context: Context, alias: str) -> User | None:
    """Errors: RateLimited."""
    context.allow_here(context.services.rates.lookup)
    return await context.services.storage.users.find_by_alias(alias) if is_alias(alias) else None


async def find_by_ids(context: Context, users: Ids[int]) -> dict[int, User]:
    """Those that exist, by id."""
    return {user.id: user for user in await context.services.storage.users.find_by_ids(users)}


async def find_recent(context: Context, users: Ids[int]) -> dict[int, User]:
    """As `find_many`, but all except the viewer may be shown as they were a moment ago."""
    exact = [user for user in users if user == context.viewer]
    found = await context.services.storage.users.find_recent([user for user in users if user != context.viewer])
    return found | await find_by_ids(context, exact)


async def search(context: Context, query: str, request: RankedRequest) -> Page[User]:
    """The most followed first; nobody where the query is blank, as before its first letter.

    Errors: RateLimited, BadUserInput.
    """
    context.allow_here(context.services.rates.read)
    words = query_words(query)
    return await context.services.storage.search.page(words, request) if words else Page([], has_next=False)


async def followed_by_viewer(context: Context, users: list[int]) -> list[bool]:
    """For each of the users, in their order."""
    if context.viewer is None:
        return [False] * len(users)
    followed = await context.services.storage.follows.followees_among(context.viewer, users)
    return [user in followed for user in users]


async def follows_viewer(context: Context, users: list[int]) -> list[bool]:
    """For each of the users, in their order."""
    if context.viewer is None:
        return [False] * len(users)
    following = await context.services.storage.follows.followers_among(context.viewer, users)
    return [user in following for user in users]
