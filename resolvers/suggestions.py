"""Suggests accounts to follow, and tells which followers of an account the viewer knows."""

from collections.abc import Iterable

from domain.pages import PageRequest, page_request
from domain.records import Follow, User
from resolvers.context import Context

KNOWN_AMONG = 1_000  # the newest followees of the viewer, who are known


async def suggested(context: Context, first: int) -> list[User]:
    """Return accounts that the viewer does not follow, the likeliest first, without hidden ones.

    First those that accounts followed by the viewer follow, then the most followed ones.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        BadUserInput: `first` is out of bounds.
    """
    viewer, most = context.require_viewer(), page_request(first, None).first
    context.allow_here(context.services.rates.read)
    storage = context.services.storage
    found = [account for account in await storage.suggestions.find(viewer) if account != viewer]
    view = await storage.viewpoints.read(viewer, found)
    wanted = [account for account in found if account not in view.follows and not view.is_hidden(account)]
    return await _existing(context, wanted[:most])


async def known_followers(context: Context, users: list[int]) -> list[list[Follow]]:
    """Return for each user, in order, the viewer's follows of accounts that follow it, the latest first.

    Looks among the newest KNOWN_AMONG followees. Without accounts that are hidden from the viewer.

    Raises:
        RateLimited: A limit is reached.
    """
    if context.viewer is None:
        return [[] for _ in users]
    context.allow_here(context.services.rates.read)
    storage = context.services.storage
    known = (await storage.follows.followees(context.viewer, PageRequest(KNOWN_AMONG))).items
    followers = await storage.follows.followers_of_each(users, [edge.followee for edge in known])
    view = await storage.viewpoints.read_relations(context.viewer, set().union(*followers.values()))
    return [
        [edge for edge in known if edge.followee in followers[user] and not view.is_hidden(edge.followee)]
        for user in users
    ]


async def _existing(context: Context, accounts: Iterable[int]) -> list[User]:
    """Return those of the accounts that exist, in their order."""
    wanted = list(accounts)
    found = await context.services.storage.users.find_recent(wanted)
    return [found[account] for account in wanted if account in found]
