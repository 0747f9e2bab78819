"""What can be waited for."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import strawberry

from resolvers import posts
from resolvers.arrival import Arrival
from schema.context import Info
from schema.graph import Post, User
from schema.selection import selects


@strawberry.type
class Subscription:
    @strawberry.subscription(description="Each new post by an account that the viewer follows, as it is made.")
    async def feed_updates(self, info: Info) -> AsyncGenerator[Post, None]:
        return _told(posts.feed_updates(info.context), info)


async def _told(arrivals: AsyncGenerator[Arrival, None], info: Info) -> AsyncGenerator[Post, None]:
    with_author = selects(info, "author")
    async with aclosing(arrivals):
        async for arrival in arrivals:
            post = await arrival.post()
            author = await arrival.author() if with_author else None
            if post:
                info.context.read_anew()
                yield Post.of(post, User.of(author, info.context) if author else None, info.context)
