"""Lists posts by their tags, and tags by how they are used."""

from collections.abc import Sequence

from domain.pages import PageRequest, page_request
from domain.records import Page, Post
from domain.tags import asked_tags
from domain.trends import Trend
from domain.visibility import why_hidden
from resolvers.context import Context
from resolvers.visibility import fill


async def tagged(context: Context, tags: Sequence[str], request: PageRequest) -> Page[Post]:
    """Return a page of the posts with any of the tags, newest first, without those of hidden accounts.

    Raises:
        RateLimited: A limit is reached.
        BadUserInput: There are too many tags, or one is too long.
    """
    context.allow_here(context.services.rates.read)
    keys, store = asked_tags(tags), context.services.storage.tags
    if not keys:
        return Page([], has_next=False)

    async def read(first: int, before: int | None) -> Page[Post]:
        return await store.page(keys, request.continued(first, before))

    return await fill(context, request.first, None, read, why_hidden)


async def trends(context: Context, first: int) -> list[Trend]:
    """Return the tags whose use has risen most within a day, as a task has estimated it minutes ago.

    Raises:
        RateLimited: A limit is reached.
        BadUserInput: `first` is out of bounds.
    """
    most = page_request(first, None).first
    context.allow_here(context.services.rates.read)
    return await context.services.storage.trends.rising(most=most)


async def search(context: Context, query: str, first: int) -> list[Trend]:
    """Return the tags that begin so, the most used first, of those that a task has seen. None for a blank query.

    Raises:
        RateLimited: A limit is reached.
        BadUserInput: `first` is out of bounds, or the query is too long.
    """
    most = page_request(first, None).first
    context.allow_here(context.services.rates.read)
    starts = asked_tags([query.strip()])
    return await context.services.storage.trends.beginning(starts[0], most=most) if starts else []
