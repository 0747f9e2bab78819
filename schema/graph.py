"""User, Post and their connections. Types that refer to each other in a circle share one module."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import cast

import strawberry

from domain import records
from domain.avatars import Avatar
from domain.bios import MAX_BIO, MAX_BIO_LINES
from domain.names import MAX_NAME
from domain.pages import MAX_COUNTED
from domain.relations import Standing
from domain.text import MAX_POST_CHARACTERS
from domain.threads import ReplyOrder, StoryKind
from resolvers import follows, posts, relations, reposts, threads, users
from resolvers.visibility import Seen
from schema.context import Info, RequestContext
from schema.delivery import Delivery
from schema.follow_options import FollowOptions
from schema.global_ids import IdKind, encode
from schema.node import Node
from schema.page_info import DEFAULT_PAGE, After, First, PageInfo, requested
from schema.segment import Segment, segments_of
from schema.selection import selects
from schema.thread import ANCESTORS, Ancestor, Order, Quote, Shows, requested_replies

KEPT = 5_000  # accounts


@strawberry.type(description="An account. All is public but how it and the viewer stand to each other.")
class User(Node):
    number: strawberry.Private[int]
    alias: str = strawberry.field(description="The handle, without the @. Unique without regard to case.")
    first_name: str = strawberry.field(description=f"1 to {MAX_NAME} characters.")
    last_name: str = strawberry.field(description=f"Up to {MAX_NAME} characters; may be empty.")
    bio: str = strawberry.field(
        description=f"What the account says about itself, up to {MAX_BIO} characters on up to {MAX_BIO_LINES} lines; "
        "may be empty."
    )
    image_url: str | None = strawberry.field(
        description="The path on this server of a square picture, 192 pixels wide. An account without an image has a "
        "picture with its initials. The content of a path never changes: a new picture has a new path."
    )
    image_srcset: str = strawberry.field(
        description="The same picture in all its sizes, up to 400 pixels, as the srcset of an HTML image."
    )
    created_at: datetime = strawberry.field(description="When the account was registered.")
    follower_count: int = strawberry.field(description="How many accounts follow this one.")
    followee_count: int = strawberry.field(description="How many accounts this one follows.")
    is_celebrity: bool = strawberry.field(
        description="True if this account's posts are merged into feeds on read instead of being fanned out."
    )
    is_viewer: bool = strawberry.field(description="True for the signed-in user's own account.")

    @classmethod
    def of(cls, user: records.User, context: RequestContext) -> "User":
        return cls._of(user, is_viewer=user.id == context.viewer)

    @classmethod
    @lru_cache(maxsize=KEPT)
    def _of(cls, user: records.User, *, is_viewer: bool) -> "User":
        """Return the object for the user. Objects are cached, since the authors of one page recur on the next."""
        avatar = Avatar.of_user(user)
        return cls(
            id=strawberry.ID(encode(IdKind.USER, user.id)),
            number=user.id,
            alias=user.alias,
            first_name=user.first_name,
            last_name=user.last_name,
            bio=user.bio,
            image_url=avatar.url,
            image_srcset=avatar.srcset,
            created_at=user.created_at,
            follower_count=user.follower_count,
            followee_count=user.followee_count,
            is_celebrity=user.is_celebrity,
            is_viewer=is_viewer,
        )

    @strawberry.field(
        description="The bio cut into plain text, mentions and links. Their texts joined are the whole bio."
    )
    def bio_segments(self) -> list[Segment]:
        return segments_of(self.bio)

    @strawberry.field(description="Whether the viewer follows this account; false for an anonymous request.")
    async def followed_by_viewer(self, info: Info) -> bool:
        return await info.context.loaders.load(users.followed_by_viewer, self.number, info.context)

    @strawberry.field(description="Whether this account follows the viewer; false for an anonymous request.")
    async def follows_viewer(self, info: Info) -> bool:
        return await info.context.loaders.load(users.follows_viewer, self.number, info.context)

    @strawberry.field(
        description="This account's own posts, newest first. Empty if one of it and the viewer has blocked the other."
    )
    async def story(
        self,
        info: Info,
        first: First = DEFAULT_PAGE,
        after: After = None,
        shows: Shows = [StoryKind.POST, StoryKind.REPLY],  # noqa: B006  # never changed
    ) -> "PostConnection":
        request = requested(IdKind.POST_CURSOR, first, after)
        page = await posts.story(info.context, self.number, request, frozenset(shows))
        return await PostConnection.of(page, info, after=after)

    @strawberry.field(description="Whether the viewer has muted this account; false for an anonymous request.")
    async def muted_by_viewer(self, info: Info) -> bool:
        return (await self._standing(info)).is_muted

    @strawberry.field(
        description="When the viewer's mute of this account ends, or up to a minute before that. Null if it has no "
        "end, or there is none."
    )
    async def muted_until(self, info: Info) -> datetime | None:
        return (await self._standing(info)).muted_until

    @strawberry.field(description="Whether the viewer has blocked this account; false for an anonymous request.")
    async def blocked_by_viewer(self, info: Info) -> bool:
        return (await self._standing(info)).has_blocked

    @strawberry.field(description="Whether this account has blocked the viewer; false for an anonymous request.")
    async def blocks_viewer(self, info: Info) -> bool:
        return (await self._standing(info)).is_blocked_by

    @strawberry.field(description="The viewer's options for this account. Null if the viewer does not follow it.")
    async def follow_options(self, info: Info) -> FollowOptions | None:
        options = await info.context.loaders.load(follows.options, self.number, info.context)
        return FollowOptions.of(options) if options else None

    async def _standing(self, info: Info) -> Standing:
        return await info.context.loaders.load(relations.standings, self.number, info.context)

    @strawberry.field(description="The accounts that follow this one, the latest follow first.")
    async def followers(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> "FollowConnection":
        page = await follows.followers(info.context, self.number, requested(IdKind.FOLLOW_CURSOR, first, after))
        total = 0
        if selects(info, "totalCount"):
            total = await follows.count_followers(info.context, self.number, stored=self.follower_count)
        ends = [edge.follower for edge in page.items]
        return await FollowConnection.of(page, ends, info, after=after, total=total)

    @strawberry.field(description="The accounts that this one follows, the latest follow first.")
    async def followees(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> "FollowConnection":
        page = await follows.followees(info.context, self.number, requested(IdKind.FOLLOW_CURSOR, first, after))
        total = 0
        if selects(info, "totalCount"):
            total = await follows.count_followees(info.context, self.number, stored=self.followee_count)
        ends = [edge.followee for edge in page.items]
        return await FollowConnection.of(page, ends, info, after=after, total=total)


@strawberry.type(description="A post. It is public, never changes, and can be deleted.")
class Post(Node):
    record: strawberry.Private[records.Post]
    author: User = strawberry.field(description="The account that posted it.")
    text: str = strawberry.field(
        description=f"Up to {MAX_POST_CHARACTERS} characters as people count them (graphemes)."
    )
    created_at: datetime = strawberry.field(description="When it was posted. Posts are ordered by it.")
    delivery: Delivery | None = strawberry.field(
        description="The progress of this post's fan-out. Null unless the viewer is its author."
    )
    is_reply: bool = strawberry.field(description="Whether this post answers another one, also if that one is deleted.")

    @strawberry.field(
        description="The text cut into plain text, mentions and links. Their texts joined are the whole text."
    )
    def segments(self) -> list[Segment]:
        return segments_of(self.text)

    @strawberry.field(
        description="The post that this one answers. Null if it answers none, if that post is deleted, if the viewer "
        "has muted its author, or if one of the two has blocked the other."
    )
    async def in_reply_to(self, info: Info) -> "Post | None":
        if self.record.reply_to is None:
            return None
        return await load_seen(await _beside(info, self.record.reply_to), info)

    @strawberry.field(description="The account that this post answers, also if the answered post is deleted.")
    async def replies_to(self, info: Info) -> User | None:
        answered = self.record.reply_to_author
        return None if answered is None else await load_user(info.context, answered)

    @strawberry.field(description=ANCESTORS)
    async def ancestors(self, info: Info) -> list[Ancestor]:
        if not self.record.path:
            return []
        above = await info.context.loaders.load(threads.ancestors, self.record, info.context)
        loaded = await asyncio.gather(*(load_seen(seen, info, "post") for seen in above))
        return [
            Ancestor(post=post, hidden_because=seen.hidden_because) for post, seen in zip(loaded, above, strict=True)
        ]

    @strawberry.field(description="Direct replies, without those of accounts that the viewer has muted or blocked.")
    async def replies(
        self, info: Info, first: First = DEFAULT_PAGE, after: After = None, order: Order = ReplyOrder.OLDEST
    ) -> "PostConnection":
        page = await threads.replies(info.context, self.record.id, requested_replies(first, after, order))
        return await PostConnection.of(as_events(page), info, after=after)

    @strawberry.field(description="The post that this one quotes; null if it quotes none.")
    async def quote(self, info: Info) -> Quote | None:
        if self.record.quote is None:
            return None
        seen = await _beside(info, self.record.quote)
        return Quote(post=await load_seen(seen, info, "post"), hidden_because=seen.hidden_because)

    @strawberry.field(description="Posts that quote it, newest first.")
    async def quotes(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> "PostConnection":
        page = await threads.quotes(info.context, self.record.id, requested(IdKind.POST_CURSOR, first, after))
        return await PostConnection.of(as_events(page), info, after=after)

    @strawberry.field(description="Whether the viewer has reposted it; false for an anonymous request.")
    async def reposted_by_viewer(self, info: Info) -> bool:
        return await info.context.loaders.load(reposts.reposted_by_viewer, self.record.id, info.context)

    @strawberry.field(description="Who has reposted it, the latest first. Without accounts hidden from the viewer.")
    async def reposts(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> "RepostConnection":
        page = await reposts.reposters(info.context, self.record.id, requested(IdKind.REPOST_CURSOR, first, after))
        total = await reposts.count(info.context, self.record.id) if selects(info, "totalCount") else 0
        return await RepostConnection.of(page, info, after=after, total=total)

    @classmethod
    def of(cls, post: records.Post, author: User | None, context: RequestContext) -> "Post":
        """Return the object for the post. `author` may be None only if the query does not select it."""
        return cls(
            id=strawberry.ID(encode(IdKind.POST, post.id)),
            record=post,
            author=cast(User, author),
            text=post.text,
            created_at=post.created_at,
            delivery=Delivery.of(post) if post.author == context.viewer else None,
            is_reply=post.reply_to is not None,
        )

    @classmethod
    async def load(cls, post: records.Post, info: Info, *path: str) -> "Post":
        """Return the post. Load its author only if the query selects it below the path from the present field."""
        author = await load_user(info.context, post.author) if selects(info, *path, "author") else None
        return cls.of(post, author, info.context)


@strawberry.type(description="Why a post stands in its place of a feed: an account has passed it on.")
class Repost:
    user: User = strawberry.field(description="Who has reposted the post.")
    created_at: datetime = strawberry.field(description="When. The feed is ordered by it.")


@strawberry.type(description="A post in a list.")
class PostEdge:
    cursor: str = strawberry.field(description="The position of the item in this list, for `after`.")
    node: Post = strawberry.field(description="The post.")
    repost: Repost | None = strawberry.field(
        default=None, description="Set if the post stands in this place because an account has reposted it."
    )


@strawberry.type(description="A page of posts.")
class PostConnection:
    edges: list[PostEdge] = strawberry.field(description="The posts of this page.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")

    @classmethod
    async def of(cls, page: records.Page[records.Event], info: Info, *, after: str | None) -> "PostConnection":
        edges = await load_edges(page.items, info, "edges")
        end = None if page.end is None else encode(IdKind.POST_CURSOR, page.end)
        cursors = [edge.cursor for edge in edges]
        return cls(
            edges=edges, page_info=PageInfo.of(cursors, has_next=page.has_next, has_previous=after is not None, end=end)
        )

    @classmethod
    async def of_feed(cls, page: records.Page[records.Event], info: Info) -> "PostConnection":
        edges = await load_edges(page.items, info, "edges")
        start, end = (None if stop is None else encode(IdKind.POST_CURSOR, stop) for stop in (page.start, page.end))
        cursors = [edge.cursor for edge in edges]
        page_info = PageInfo.of(cursors, has_next=page.has_next, has_previous=page.has_previous, start=start, end=end)
        return cls(edges=edges, page_info=page_info)


async def load_edges(events: Sequence[records.Event], info: Info, *path: str) -> list[PostEdge]:
    """Return the edges with the accounts that the query selects below the path from the present field."""
    accounts: set[int] = set()
    if selects(info, *path, "node", "author"):
        accounts.update(event.post.author for event in events)
    if selects(info, *path, "repost", "user"):
        accounts.update(event.actor for event in events if event.is_repost)
    users = await load_users(info.context, accounts) if accounts else {}
    return [
        PostEdge(
            cursor=encode(IdKind.POST_CURSOR, event.id),
            node=Post.of(event.post, users.get(event.post.author), info.context),
            repost=_repost(event, users),
        )
        for event in events
    ]


def _repost(event: records.Event, users: dict[int, User]) -> Repost | None:
    if not event.is_repost:
        return None
    return Repost(user=cast(User, users.get(event.actor)), created_at=event.created_at)


@strawberry.type(description="An account in a list of followers or followees.")
class FollowEdge:
    cursor: str = strawberry.field(description="The position of the item in this list, for `after`.")
    node: User = strawberry.field(description="The account at the other end: the follower, or the followee.")
    followed_at: datetime = strawberry.field(description="When the follow began.")


@strawberry.type(description="A page of followers or followees, the latest follow first.")
class FollowConnection:
    edges: list[FollowEdge] = strawberry.field(description="The accounts of this page.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")
    total_count: int = strawberry.field(
        description=f"How many accounts the list has. Counted when it is selected, up to {MAX_COUNTED:,}, which reads "
        "as many keys of an index. Beyond that, it is the stored count of the account, which may be a moment old."
    )

    @classmethod
    async def of(
        cls, page: records.Page[records.Follow], ends: list[int], info: Info, *, after: str | None, total: int
    ) -> "FollowConnection":
        """Return the connection. `ends` are the users at the other end of the page's edges, in their order."""
        found = await load_users(info.context, set(ends)) if selects(info, "edges", "node") else {}
        cursors = [encode(IdKind.FOLLOW_CURSOR, follow.id) for follow in page.items]
        edges = [
            FollowEdge(cursor=cursor, node=cast(User, found.get(end)), followed_at=follow.followed_at)
            for cursor, follow, end in zip(cursors, page.items, ends, strict=True)
        ]
        page_info = PageInfo.of(cursors, has_next=page.has_next, has_previous=after is not None)
        return cls(edges=edges, page_info=page_info, total_count=total)


@strawberry.type(description="An account in a list of reposts.")
class RepostEdge:
    cursor: str = strawberry.field(description="The position of the item in this list, for `after`.")
    node: User = strawberry.field(description="Who has reposted the post.")
    reposted_at: datetime = strawberry.field(description="When the account has reposted it.")


@strawberry.type(description="A page of the accounts that have reposted a post, the latest first.")
class RepostConnection:
    edges: list[RepostEdge] = strawberry.field(description="The accounts of this page.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")
    total_count: int = strawberry.field(
        description=f"How often the post is reposted, counted up to {MAX_COUNTED:,}; accounts hidden from the viewer "
        "are counted, too."
    )

    @classmethod
    async def of(
        cls, page: records.Page[records.Reposter], info: Info, *, after: str | None, total: int
    ) -> "RepostConnection":
        accounts = {reposter.account for reposter in page.items}
        found = await load_users(info.context, accounts) if selects(info, "edges", "node") else {}
        cursors = [encode(IdKind.REPOST_CURSOR, reposter.id) for reposter in page.items]
        edges = [
            RepostEdge(cursor=cursor, node=cast(User, found.get(reposter.account)), reposted_at=reposter.reposted_at)
            for cursor, reposter in zip(cursors, page.items, strict=True)
        ]
        end = None if page.end is None else encode(IdKind.REPOST_CURSOR, page.end)
        page_info = PageInfo.of(cursors, has_next=page.has_next, has_previous=after is not None, end=end)
        return cls(edges=edges, page_info=page_info, total_count=total)


def as_events(page: records.Page[records.Post]) -> records.Page[records.Event]:
    """Return the page of a list that holds posts and no reposts."""
    events = [records.Event.of(post) for post in page.items]
    return records.Page(events, has_next=page.has_next, end=page.end)


async def load_users(context: RequestContext, numbers: set[int]) -> dict[int, User]:
    """Load the accounts of a list, or the authors of posts. They may be a moment old."""
    found = await users.find_recent(context, numbers)
    return {number: User.of(user, context) for number, user in found.items()}


async def load_user(context: RequestContext, number: int) -> User | None:
    """As `load_users`, with one read for all that ask at once."""
    found = await context.loaders.load(users.recent, number, context)
    return User.of(found, context) if found else None


async def load_seen(seen: Seen, info: Info, *path: str) -> Post | None:
    """The post with what is selected below the path, if the viewer sees it."""
    return await Post.load(seen.post, info, *path) if seen.post else None


async def _beside(info: Info, post: int) -> Seen:
    return await info.context.loaders.load(threads.beside, post, info.context)
