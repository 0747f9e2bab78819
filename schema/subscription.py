"""What can be waited for."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import strawberry

from domain.opaque import decode_post
from resolvers import posts
from resolvers.arrival import Arrival
from schema.context import Info
from schema.graph import Post, User
from schema.selection import selects


@strawberry.type
class Subscription:
    @strawberry.subscription(
        description="Each new post by an account that the viewer follows, as it is made. With `after`, the cursor or "
        "the id of a post, the newer posts of the feed come first, the oldest of them first: that resumes a "
        "subscription which was lost. If they are more than a hundred, it ends with INTERRUPTED: read the feed."
    )
    async def feed_updates(self, info: Info, after: str | None = None) -> AsyncGenerator[Post, None]:
        number = None if after is None else decode_post(after)
        return _told(posts.feed_updates(info.context, number), info)


async def _told(arrivals: AsyncGenerator[Arrival, None], info: Info) -> AsyncGenerator[Post, None]:
    with_author = selects(info, "author")
    async with aclosing(arrivals):
        async for arrival in arrivals:
            post = await arrival.post()
            author = await arrival.author() if with_author else None
            if post:
                info.context.read_anew()
                yield Post.of(post, User.of(author, info.context) if author else None, info.context)
