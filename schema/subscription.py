"""The subscriptions."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

import strawberry

from live.arrival import Arrival
from resolvers import posts
from schema.context import Info
from schema.global_ids import decode_post
from schema.graph import Post, User
from schema.selection import selects

Resume = Annotated[
    str | None,
    strawberry.argument(
        description="Resumes after this post, named by its id or cursor. Other values are BAD_USER_INPUT."
    ),
]


@strawberry.type(
    description="The subscriptions, over a WebSocket (graphql-transport-ws) or as server-sent events. A "
    "subscription that may have missed a post ends with INTERRUPTED: wait for the milliseconds in "
    "`extensions.retryAfterMs` and subscribe again."
)
class Subscription:
    @strawberry.subscription(
        description="Each new post by an account that the viewer follows, as it is made. `after`, the cursor or the id "
        "of a post, resumes a lost subscription: the newer posts of the feed come first, in order from the oldest. If "
        "there are more than a hundred of them, the subscription ends with INTERRUPTED: read the feed."
    )
    async def feed_updates(self, info: Info, after: Resume = None) -> AsyncGenerator[Post, None]:
        number = None if after is None else decode_post(after)
        return _new_posts(posts.feed_updates(info.context, number), info)


async def _new_posts(arrivals: AsyncGenerator[Arrival, None], info: Info) -> AsyncGenerator[Post, None]:
    """Yield what arrives, without reposts."""
    viewer = info.context.require_viewer()
    with_author = selects(info, "author")
    async with aclosing(arrivals):
        async for arrival in arrivals:
            event = await arrival.event_for(viewer)
            if event is None or event.is_repost:
                continue
            author = await arrival.author() if with_author else None
            info.context.loaders.clear()
            yield Post.of(event.post, User.of(author, info.context) if author else None, info.context)
