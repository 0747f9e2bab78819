"""Lists posts by their tags."""

from collections.abc import Sequence

from domain.pages import PageRequest
from domain.records import Page, Post
from domain.tags import asked_tags
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
