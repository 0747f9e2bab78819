"""Reads what stands around posts: ancestors, replies, quoted posts, and posts that quote them."""

from dataclasses import replace

from domain.pages import PageRequest
from domain.records import Page, Post
from domain.threads import ReplyRequest
from domain.visibility import why_hidden
from resolvers.context import Context
from resolvers.visibility import Seen, fill, see


async def beside(context: Context, posts: list[int]) -> list[Seen]:
    """Return for each id, in order, what the viewer sees of a post that comes with another one."""
    found = {post.id: post for post in await context.services.storage.posts.find_by_ids(set(posts))}
    return await see(context, [found.get(number) for number in posts], why_hidden)


async def ancestors(context: Context, posts: list[Post]) -> list[list[Seen]]:
    """Return for each post, in order, its ancestors, the nearest first. What is not shown is a gap with its reason."""
    numbers = list({number for post in posts for number in post.path})
    seen = dict(zip(numbers, await beside(context, numbers) if numbers else [], strict=True))
    return [[seen[number] for number in post.path] for post in posts]


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
