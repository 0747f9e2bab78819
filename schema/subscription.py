"""The subscriptions."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

import strawberry

from domain.errors import Interrupted
from live.arrival import Arrival
from live.removal import POPULAR, PostGone, Removal, RepostGone, Stale
from resolvers import notifications, posts
from schema.context import Info
from schema.feed_change import FeedChange, FeedPostDeleted, FeedRepostUndone, FeedStale, PostArrived
from schema.global_ids import IdKind, decode_post, encode
from schema.graph import NO_USERS, Post, User, load_edges, load_posts
from schema.notifications import NotificationsChanged
from schema.selection import selects

Resume = Annotated[
    str | None,
    strawberry.argument(
        description="Resumes after this post, named by its id or cursor. Other values are BAD_USER_INPUT."
    ),
]


@strawberry.type(
    description="The subscriptions, over a WebSocket (graphql-transport-ws) or as server-sent events. A "
    "subscription that may have missed something ends with INTERRUPTED: wait for the milliseconds in "
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

    @strawberry.subscription(
        description="As feedUpdates, with reposts and deletions. A deletion or an undone repost may name an edge that "
        "the feed has not shown."
    )
    async def feed_changes(self, info: Info, after: Resume = None) -> AsyncGenerator[FeedChange, None]:
        number = None if after is None else decode_post(after)
        return _changes(posts.feed_changes(info.context, number), info)

    @strawberry.subscription(
        description="The unread count of the viewer's notifications: once at the start, and each time they may have "
        "changed, at most once a second."
    )
    async def notifications_changed(self, info: Info) -> AsyncGenerator[NotificationsChanged, None]:
        return _unread_counts(notifications.unread_counts(info.context))


async def _unread_counts(counts: AsyncGenerator[int, None]) -> AsyncGenerator[NotificationsChanged, None]:
    async with aclosing(counts):
        async for count in counts:
            yield NotificationsChanged(unread_count=count)


async def _changes(changes: AsyncGenerator[Arrival | Removal, None], info: Info) -> AsyncGenerator[FeedChange, None]:
    viewer = info.context.require_viewer()
    async with aclosing(changes):
        async for change in changes:
            match change:
                case Arrival():
                    try:
                        event = await change.event_for(viewer)
                    except Interrupted:
                        yield FeedStale(reason=POPULAR)
                        continue
                    if event is not None:
                        info.context.loaders.clear()
                        (edge,) = await load_edges([event], info, "edge")
                        yield PostArrived(edge=edge)
                case PostGone(post=post):
                    yield FeedPostDeleted(deleted_post_id=strawberry.ID(encode(IdKind.POST, post)))
                case RepostGone(repost=repost):
                    yield FeedRepostUndone(cursor=encode(IdKind.POST_CURSOR, repost))
                case Stale(reason=reason):
                    yield FeedStale(reason=reason)


async def _new_posts(arrivals: AsyncGenerator[Arrival, None], info: Info) -> AsyncGenerator[Post, None]:
    """Yield what arrives, without reposts."""
    viewer = info.context.require_viewer()
    with_author = selects(info, "author")
    async with aclosing(arrivals):
        async for arrival in arrivals:
            event = await arrival.event_for(viewer, with_reposts=False)
            if event is None:
                continue
            author = await arrival.author() if with_author else None
            info.context.loaders.clear()
            known = {author.id: User.of(author, info.context)} if author else NO_USERS
            yield (await load_posts([event.post], info, known=known))[event.post.id]
