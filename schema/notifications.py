"""The viewer's notifications."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, cast

import strawberry

from compat.strawberry.schema import describe_enum_value
from domain import notifications as domain
from domain.notifications import (
    ALL_KINDS,
    BEFORE_ALL,
    MAX_ACTORS,
    MAX_COUNT,
    MAX_UNREAD,
    NotificationKind,
    NotificationPage,
    NotificationRequest,
    Position,
)
from domain.pages import page_request
from resolvers import notifications
from schema.context import Info
from schema.global_ids import IdKind, decode_all, decode_as, encode
from schema.graph import Post, User, load_posts, load_users
from schema.inputs import MarkNotificationsReadInput
from schema.page_info import DEFAULT_PAGE, After, First, PageInfo
from schema.selection import selected, selects

strawberry.enum(NotificationKind, description="What has happened.")
for kind, description in {
    NotificationKind.MENTION: "A post mentions the viewer.",
    NotificationKind.REPLY: "A post answers one of the viewer's.",
    NotificationKind.QUOTE: "A post quotes one of the viewer's.",
    NotificationKind.LIKE: "Accounts have liked a post of the viewer.",
    NotificationKind.REPOST: "Accounts have reposted a post of the viewer.",
    NotificationKind.FOLLOW: "Accounts have begun to follow the viewer.",
}.items():
    describe_enum_value(NotificationKind, kind, description)

USERS = f"Who has done it, the latest first, up to {MAX_ACTORS}. Without accounts that are hidden from the viewer."
COUNT = (
    f"How many accounts have done it, counted up to {MAX_COUNT:,}. Without accounts that are hidden from the viewer."
)
UNREAD = f"How many notifications of all kinds the viewer has not read, counted up to {MAX_UNREAD}."

Kinds = Annotated[
    list[NotificationKind] | None,
    strawberry.argument(description="The kinds that are listed. Null means all. An empty list lists nothing."),
]


@strawberry.interface(description="What others have done about the viewer, or about a post of the viewer.")
class Notification:
    id: strawberry.ID = strawberry.field(
        description="Opaque, unique, and the same while further accounts join a group. It is not the id of a node."
    )
    at: datetime = strawberry.field(description="When it happened. Of a group: the latest time.")
    is_unread: bool = strawberry.field(
        description="Whether it happened after what the viewer has marked as read. A group is unread again if a "
        "further account joins it."
    )


@strawberry.type(description="A post that mentions the viewer, and neither answers nor quotes a post of the viewer.")
class MentionNotification(Notification):
    post: Post = strawberry.field(description="The post.")


@strawberry.type(description="A post that answers one of the viewer's.")
class ReplyNotification(Notification):
    post: Post = strawberry.field(description="The answer.")


@strawberry.type(description="A post that quotes one of the viewer's, and answers none of them.")
class QuoteNotification(Notification):
    post: Post = strawberry.field(description="The post that quotes.")


@strawberry.type(description="Those who liked one post of the viewer within one hour, in UTC.")
class LikeNotification(Notification):
    post: Post = strawberry.field(description="The post of the viewer.")
    users: list[User] = strawberry.field(description=USERS)
    count: int = strawberry.field(description=COUNT)


@strawberry.type(description="Those who reposted one post of the viewer within one hour, in UTC.")
class RepostNotification(Notification):
    post: Post = strawberry.field(description="The post of the viewer.")
    users: list[User] = strawberry.field(description=USERS)
    count: int = strawberry.field(description=COUNT)


@strawberry.type(description="Those who began to follow the viewer within one day, in UTC.")
class FollowNotification(Notification):
    users: list[User] = strawberry.field(description=USERS)
    count: int = strawberry.field(description=COUNT)


ABOUT_POSTS = {
    NotificationKind.MENTION: MentionNotification,
    NotificationKind.REPLY: ReplyNotification,
    NotificationKind.QUOTE: QuoteNotification,
}
ABOUT_OWN_POSTS = {NotificationKind.LIKE: LikeNotification, NotificationKind.REPOST: RepostNotification}
TYPES = [*ABOUT_POSTS.values(), *ABOUT_OWN_POSTS.values(), FollowNotification]


@strawberry.type(description="A notification in the list.")
class NotificationEdge:
    cursor: str = strawberry.field(description="The position of the item in this list, for `after`.")
    node: Notification = strawberry.field(description="The notification.")


@strawberry.type(description="A page of notifications.")
class NotificationConnection:
    edges: list[NotificationEdge] = strawberry.field(description="The notifications of this page.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")
    unread_count: int = strawberry.field(description=UNREAD)
    read_marker: str = strawberry.field(
        description="Names the latest of what this answer knew, of all kinds. Give it to markNotificationsRead once "
        "the viewer has seen the list."
    )

    @classmethod
    async def of(cls, page: NotificationPage, info: Info, *, after: str | None) -> "NotificationConnection":
        shown = [one.post for one in page.items if one.post is not None]
        actors = {actor for one in page.items for actor in one.actors}
        known = await load_users(info.context, actors) if actors else {}
        wants_posts = "post" in selected(info, "edges", "node")
        posts = await load_posts(shown, info, "edges", "node", "post", known=known) if wants_posts else {}
        viewer = info.context.require_viewer()
        cursors = [encode(IdKind.NOTIFICATION_CURSOR, *one.position) for one in page.items]
        nodes = [_to_node(one, viewer, posts, known) for one in page.items]
        return cls(
            edges=[NotificationEdge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            page_info=PageInfo.of(
                cursors,
                has_next=page.has_next,
                has_previous=after is not None,
                end=None if page.end is None else encode(IdKind.NOTIFICATION_CURSOR, *page.end),
            ),
            unread_count=page.unread,
            read_marker=encode(IdKind.READ_MARKER, page.marker),
        )


@strawberry.type(description="The notifications up to the marker are read.")
class NotificationsMarkedRead:
    unread_count: int = strawberry.field(description=UNREAD)


@strawberry.type(description="The viewer's notifications may have changed.")
class NotificationsChanged:
    unread_count: int = strawberry.field(description=UNREAD)


@strawberry.type
class NotificationQueries:
    """The part of `schema.query.Query` that reads notifications."""

    @strawberry.field(
        description="What others have done about the viewer, newest first. Needs a signed-in viewer. Posts that "
        "answer, quote or mention the viewer stand there one by one, likes and reposts of one post by the hour, and "
        "follows by the day. A group keeps its place, at the end of its hour or day, while it grows. Muted and blocked "
        "accounts and deleted posts are not in it."
    )
    async def notifications(
        self, info: Info, first: First = DEFAULT_PAGE, after: After = None, kinds: Kinds = None
    ) -> NotificationConnection:
        page = await notifications.page(info.context, _requested(info, first, after, kinds))
        return await NotificationConnection.of(page, info, after=after)

    @strawberry.field(description=f"{UNREAD} Needs a signed-in viewer.")
    async def unread_notification_count(self, info: Info) -> int:
        return await notifications.count_unread(info.context)


@strawberry.type
class NotificationMutations:
    """The part of `schema.mutation.Mutation` that changes notifications."""

    @strawberry.mutation(
        description="Marks the notifications up to a marker as read, on all devices of the viewer. It goes forward "
        "only: an older marker changes nothing."
    )
    async def mark_notifications_read(
        self,
        info: Info,
        input: Annotated[MarkNotificationsReadInput, strawberry.argument(description="Up to which marker.")],
    ) -> NotificationsMarkedRead:
        unread = await notifications.mark_read(info.context, decode_as(IdKind.READ_MARKER, input.marker))
        return NotificationsMarkedRead(unread_count=unread)


def _requested(
    info: Info, first: int | None, after: str | None, kinds: list[NotificationKind] | None
) -> NotificationRequest:
    """Return the request that the arguments ask for, with what the query selects.

    Raises:
        BadUserInput: The page size is out of bounds, or the cursor is of another list.
    """
    of_items = selected(info, "edges", "node")
    return NotificationRequest(
        first=page_request(DEFAULT_PAGE if first is None else first, None).first,
        below=BEFORE_ALL if after is None else Position(*decode_all(IdKind.NOTIFICATION_CURSOR, after)),
        kinds=ALL_KINDS if kinds is None else frozenset(kinds),
        wants_actors="users" in of_items,
        wants_counts="count" in of_items,
        wants_unread=selects(info, "unreadCount"),
        wants_marker=selects(info, "readMarker"),
    )


def _to_node(
    one: domain.Notification, viewer: int, posts: Mapping[int, Post], users: Mapping[int, User]
) -> Notification:
    id = strawberry.ID(encode(IdKind.NOTIFICATION, *one.position, viewer))
    post = cast(Post, posts.get(one.post.id) if one.post else None)  # None only if it is not selected
    if about_post := ABOUT_POSTS.get(one.kind):
        return about_post(id=id, at=one.at, is_unread=one.is_unread, post=post)
    actors = [users[actor] for actor in one.actors if actor in users]
    if about_own_post := ABOUT_OWN_POSTS.get(one.kind):
        return about_own_post(id=id, at=one.at, is_unread=one.is_unread, post=post, users=actors, count=one.count)
    return FollowNotification(id=id, at=one.at, is_unread=one.is_unread, users=actors, count=one.count)
