"""Looks up accounts and their follow relation to the viewer."""

from collections.abc import Collection as Ids
from itertools import chain

from domain.accounts import alias_key, is_alias
from domain.pages import RankedRequest
from domain.records import Page, User
from domain.search import query_words
from domain.segments import mentioned_aliases
from resolvers.context import Context


async def viewer(context: Context) -> User | None:
    """Return the viewer's account. None for an anonymous request."""
    return await context.services.storage.users.find_by_id(context.viewer) if context.viewer is not None else None


async def find_by_id(context: Context, user: int) -> User | None:
    return await context.services.storage.users.find_by_id(user)


async def find_by_alias(context: Context, alias: str) -> User | None:
    """Return the account with the alias, if it exists.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.lookup)
    return await context.services.storage.users.find_by_alias(alias) if is_alias(alias) else None


async def find_by_ids(context: Context, users: Ids[int]) -> dict[int, User]:
    """Return the accounts that exist, by id."""
    return {user.id: user for user in await context.services.storage.users.find_by_ids(users)}


async def find_recent(context: Context, users: Ids[int]) -> dict[int, User]:
    """Return the accounts that exist, by id. All except the viewer's may be seconds old."""
    exact = [user for user in users if user == context.viewer]
    found = await context.services.storage.users.find_recent([user for user in users if user != context.viewer])
    return found | await find_by_ids(context, exact)


async def recent(context: Context, several: list[frozenset[int]]) -> list[dict[int, User]]:
    """Return the accounts that several ask for as `find_recent` does, each time all of them, with one read."""
    return [await find_recent(context, frozenset().union(*several))] * len(several)


async def mentioned(context: Context, texts: list[str]) -> list[list[User]]:
    """Return for each text, in order, the accounts that it mentions and that exist, in the order of the text."""
    aliases = [mentioned_aliases(text) for text in texts]
    found = await context.services.storage.users.find_by_aliases(set(chain.from_iterable(aliases)))
    accounts = {alias_key(user.alias): user for user in found}
    return [[accounts[alias] for alias in some if alias in accounts] for some in aliases]


async def search(context: Context, query: str, request: RankedRequest) -> Page[User]:
    """Return matching accounts, the most followed first. The page is empty if the query is blank.

    Raises:
        RateLimited: A limit is reached.
        BadUserInput: The query is too long.
    """
    context.allow_here(context.services.rates.read)
    words = query_words(query)
    return await context.services.storage.search.page(words, request) if words else Page([], has_next=False)


async def followed_by_viewer(context: Context, users: list[int]) -> list[bool]:
    """Return for each user, in order, whether the viewer follows it."""
    if context.viewer is None:
        return [False] * len(users)
    followed = await context.services.storage.follows.followees_among(context.viewer, users)
    return [user in followed for user in users]


async def follows_viewer(context: Context, users: list[int]) -> list[bool]:
    """Return for each user, in order, whether it follows the viewer."""
    if context.viewer is None:
        return [False] * len(users)
    following = await context.services.storage.follows.followers_among(context.viewer, users)
    return [user in following for user in users]
