"""The queries by which posts, tags and accounts are found."""

from typing import Annotated

import strawberry

from domain.tags import MAX_TAG, MAX_TAGS
from domain.words import MAX_POST_WORDS, MAX_QUERY, MAX_QUERY_WORDS
from resolvers import post_search, tags
from schema.context import Info
from schema.global_ids import IdKind
from schema.graph import PostConnection, as_events
from schema.page_info import DEFAULT_PAGE, After, First, requested


@strawberry.type
class DiscoveryQueries:
    @strawberry.field(
        description="Posts with any of the tags, newest first. Without those of accounts that the viewer has muted or "
        "blocked, or that have blocked the viewer."
    )
    async def tagged_posts(
        self,
        info: Info,
        tags: Annotated[
            list[str],
            strawberry.argument(
                description=f"Up to {MAX_TAGS} tags of up to {MAX_TAG} characters, with or without the #. Case and "
                "width do not matter. More are BAD_USER_INPUT."
            ),
        ],
        first: First = DEFAULT_PAGE,
        after: After = None,
    ) -> PostConnection:
        return await load_tagged(info, tags, first, after)

    @strawberry.field(
        description="Posts that have all the words, newest first. Case, width and accents of Latin and Greek letters "
        "do not matter. In scripts without spaces between words, and in Korean, pairs of letters count as words. Of "
        f"a link, the host is found. The first {MAX_POST_WORDS} words of a post are found. Without posts of "
        "accounts that the viewer has muted or blocked, or that have blocked the viewer. A page may be short, even "
        "empty, and have a next one if few posts have all the words."
    )
    async def search_posts(
        self,
        info: Info,
        query: Annotated[
            str,
            strawberry.argument(
                description=f"Up to {MAX_QUERY} characters and {MAX_QUERY_WORDS} words. More are BAD_USER_INPUT. "
                "A query without words finds no posts."
            ),
        ],
        first: First = DEFAULT_PAGE,
        after: After = None,
    ) -> PostConnection:
        page = await post_search.search(info.context, query, requested(IdKind.POST_CURSOR, first, after))
        return await PostConnection.of(as_events(page), info, after=after)


async def load_tagged(info: Info, wanted: list[str], first: int | None, after: str | None) -> PostConnection:
    page = await tags.tagged(info.context, wanted, requested(IdKind.POST_CURSOR, first, after))
    return await PostConnection.of(as_events(page), info, after=after)
