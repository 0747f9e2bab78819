"""The queries by which posts, tags and accounts are found."""

from typing import Annotated

import strawberry

from domain.tags import MAX_TAG, MAX_TAGS
from domain.words import MAX_POST_WORDS, MAX_QUERY, MAX_QUERY_WORDS
from resolvers import positions, post_search, suggestions
from resolvers import tags as found_tags
from schema.context import Info
from schema.global_ids import IdKind, encode
from schema.graph import PostConnection, User, as_events
from schema.page_info import DEFAULT_PAGE, After, First, FirstTen, requested
from schema.trend import Trend


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
        page = await found_tags.tagged(info.context, tags, requested(IdKind.POST_CURSOR, first, after))
        return await PostConnection.of(as_events(page), info, after=after)

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

    @strawberry.field(description="Tags whose use has risen most within a day, the most risen first. Estimates.")
    async def trends(self, info: Info, first: FirstTen = 10) -> list[Trend]:
        found = await found_tags.trends(info.context, 10 if first is None else first)
        return [Trend.of(trend) for trend in found]

    @strawberry.field(
        description="Tags that begin so, the most used of the last day first, as one types. Tags that no post has had "
        "for a month, or for minutes yet, are not found."
    )
    async def search_tags(
        self,
        info: Info,
        query: Annotated[
            str,
            strawberry.argument(
                description=f"Up to {MAX_TAG} characters, with or without the #. More are BAD_USER_INPUT. A blank "
                "query finds no tags."
            ),
        ],
        first: FirstTen = 10,
    ) -> list[Trend]:
        return [
            Trend.of(trend) for trend in await found_tags.search(info.context, query, 10 if first is None else first)
        ]

    @strawberry.field(
        description="Accounts that the viewer does not follow, the likeliest first: those that accounts followed by "
        "the viewer follow, then the most followed ones. Without muted and blocked accounts. Needs a signed-in viewer."
    )
    async def suggested_users(self, info: Info, first: FirstTen = 10) -> list[User]:
        found = await suggestions.suggested(info.context, 10 if first is None else first)
        return [User.of(user, info.context) for user in found]

    @strawberry.field(
        description="The cursor up to which the viewer has read their feed, on any device; see markFeedRead. Null if "
        "there is none. Needs a signed-in viewer."
    )
    async def feed_position(self, info: Info) -> str | None:
        position = await positions.feed_position(info.context)
        return None if position is None else encode(IdKind.POST_CURSOR, position)
