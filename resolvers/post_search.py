"""Searches posts by their words."""

from domain.pages import PageRequest
from domain.records import Page, Post
from domain.visibility import why_hidden
from domain.words import asked_words
from resolvers.context import Context
from resolvers.visibility import fill


async def search(context: Context, query: str, request: PageRequest) -> Page[Post]:
    """Return a page of the posts that have all words of the query, newest first, without those of hidden accounts.

    The page is empty if the query has no words. It may be short and have a next one if few posts have all of them.

    Raises:
        RateLimited: A limit is reached.
        BadUserInput: The query is too long.
    """
    context.allow_here(context.services.rates.read)
    asked, store = asked_words(query), context.services.storage.post_search
    if not asked:
        return Page([], has_next=False)
    words = await store.rarest_first(asked)

    async def read(first: int, before: int | None) -> Page[Post]:
        return await store.page(words, request.continued(first, before))

    return await fill(context, request.first, None, read, why_hidden)
