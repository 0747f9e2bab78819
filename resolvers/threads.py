"""Reads the posts of a thread around one of them: ancestors, replies, and posts that quote it."""

from dataclasses import replace

from domain.pages import PageRequest
from domain.records import Page, Post
from domain.surroundings import Wanted
from domain.threads import ReplyRequest
from domain.visibility import why_hidden
from resolvers.context import Context
from resolvers.surroundings import around
from resolvers.visibility import Seen, fill


async def ancestors(context: Context, posts: list[Post]) -> list[list[Seen]]:
    """Return for each post, in order, its ancestors, the nearest first. What is not shown is a gap with its reason."""
    wanted = Wanted(named=frozenset(number for post in posts for number in post.path))
    (found,) = await around(context, [wanted])
    return [[found.named[number] for number in post.path] for post in posts]


async def replies(context: Context, post: int, request: ReplyRequest) -> Page[Post]:
    """Return a page of direct replies, without those of hidden accounts.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.read)
    threads = context.services.storage.threads

    async def read(first: int, after: int | None) -> Page[Post]:
        return await threads.replies(post, replace(request, first=first, after=after))

    return await fill(context, request.first, request.after, read, why_hidden)


async def quotes(context: Context, post: int, request: PageRequest) -> Page[Post]:
    """Return a page of the posts that quote the post, newest first, without those of hidden accounts.

    Raises:
        RateLimited: A limit is reached.
    """
    context.allow_here(context.services.rates.read)
    threads = context.services.storage.threads

    async def read(first: int, before: int | None) -> Page[Post]:
        return await threads.quotes(post, request.continued(first, before))

    return await fill(context, request.first, None, read, why_hidden)
