"""User, Post and their connections. Types that refer to each other in a circle share one module."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from functools import lru_cache
from typing import TypeVar, cast

import strawberry

from domain import records
from domain.avatars import Avatar
from domain.bios import MAX_BIO, MAX_BIO_LINES
from domain.media import MAX_IN_POST
from domain.names import MAX_NAME
from domain.pages import MAX_COUNTED
from domain.relations import Standing
from domain.surroundings import Wanted
from domain.text import MAX_POST_CHARACTERS
from domain.threads import ReplyOrder, StoryKind
from resolvers import acts, follows, posts, relations, reposts, suggestions, threads, users
from resolvers.suggestions import KNOWN_AMONG
from resolvers.surroundings import NOTHING_AROUND, Surroundings, around
from schema.context import Info, RequestContext
from schema.delivery import Delivery
from schema.fixed import FixedPart, fixed_part
from schema.follow_options import FollowOptions
from schema.global_ids import IdKind, encode
from schema.media import Media
from schema.node import Node
from schema.page_info import DEFAULT_PAGE, After, First, FirstThree, PageInfo, requested
from schema.people import UserConnection
from schema.segment import Segment, segments_of
from schema.selection import selected, selects
from schema.thread import ANCESTORS, Ancestor, Order, Quote, Shows, requested_replies

KEPT = 5_000  # accounts
Row = TypeVar("Row", records.Follow, records.Actor)
NO_USERS: Mapping[int, "User"] = {}
ACT_FLAGS = {"likedByViewer", "bookmarkedByViewer"}  # read together
COUNTS = {"likeCount", "repostCount", "quoteCount", "replyCount"}  # also


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
        description="The bio cut into plain text, mentions, links and tags. Their texts joined are the whole bio."
    )
    def bio_segments(self) -> list[Segment]:
        return segments_of(self.bio)

    @strawberry.field(description="How many posts and replies it has. Exact at the moment of reading.")
    async def post_count(self, info: Info) -> int:
        return await info.context.loaders.load(acts.post_counts, self.number, info.context)

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

    @strawberry.field(
        description="Who follows this account of those whom the viewer follows, the latest follow of the viewer first. "
        f"Looks among the newest {KNOWN_AMONG:,}. Without muted and blocked accounts; empty for an anonymous request."
    )
    async def known_followers(self, info: Info, first: FirstThree = 3, after: After = None) -> UserConnection:
        request = requested(IdKind.FOLLOW_CURSOR, 3 if first is None else first, after)
        known = await info.context.loaders.load(suggestions.known_followers, self.number, info.context)
        edges = [edge for edge in known if edge.id < request.before]
        loaded = await load_users(info.context, {edge.followee for edge in edges[: request.first]})
        shown = [edge for edge in edges[: request.first] if edge.followee in loaded]
        cursors = [encode(IdKind.FOLLOW_CURSOR, edge.id) for edge in shown]
        accounts = [loaded[edge.followee] for edge in shown]
        return UserConnection.of(accounts, cursors, has_next=len(edges) > request.first, after=after)

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
    fixed: strawberry.Private[FixedPart]
    author: User = strawberry.field(description="The account that posted it.")
    text: str = strawberry.field(
        description=f"Up to {MAX_POST_CHARACTERS} characters as people count them (graphemes)."
    )
    created_at: datetime = strawberry.field(description="When it was posted. Posts are ordered by it.")
    delivery: Delivery | None = strawberry.field(
        description="The progress of this post's fan-out. Null unless the viewer is its author."
    )
    is_reply: bool = strawberry.field(description="Whether this post answers another one, also if that one is deleted.")
    in_reply_to: "Post | None" = strawberry.field(
        description="The post that this one answers. Null if it answers none, if that post is deleted, if the viewer "
        "has muted its author, or if one of the two has blocked the other."
    )
    replies_to: User | None = strawberry.field(
        description="The account that this post answers, also if the answered post is deleted."
    )
    quote: Quote | None = strawberry.field(description="The post that this one quotes; null if it quotes none.")
    reposted_by_viewer: bool = strawberry.field(
        description="Whether the viewer has reposted it; false for an anonymous request."
    )
    liked_by_viewer: bool = strawberry.field(description="Whether the viewer likes it; false for an anonymous request.")
    bookmarked_by_viewer: bool = strawberry.field(
        description="Whether the viewer has bookmarked it; false for an anonymous request. No other account sees it."
    )
    like_count: int = strawberry.field(
        description="How many accounts like it. Exact at the moment of reading, as all counts of a post are; accounts "
        "hidden from the viewer are counted, too."
    )
    repost_count: int = strawberry.field(description="How many accounts have reposted it.")
    quote_count: int = strawberry.field(description="How many posts quote it.")
    reply_count: int = strawberry.field(description="How many direct replies it has.")
    media: list[Media] = strawberry.field(description=f"Its pictures, up to {MAX_IN_POST}, in their order.")

    @strawberry.field(
        description="The text cut into plain text, mentions, links and tags. Their texts joined are the whole text."
    )
    def segments(self) -> list[Segment]:
        return self.fixed.segments

    @strawberry.field(description="The accounts that the text mentions and that exist, each once, in its order.")
    async def mentions(self, info: Info) -> list[User]:
        found = await info.context.loaders.load(users.mentioned, self.text, info.context)
        return [User.of(user, info.context) for user in found]

    @strawberry.field(description=ANCESTORS)
    async def ancestors(self, info: Info) -> list[Ancestor]:
        if not self.record.path:
            return []
        above = await info.context.loaders.load(threads.ancestors, self.record, info.context)
        shown = await load_posts([seen.post for seen in above if seen.post], info, "post")
        return [
            Ancestor(post=shown.get(seen.post.id) if seen.post else None, hidden_because=seen.hidden_because)
            for seen in above
        ]

    @strawberry.field(description="Direct replies, without those of accounts that the viewer has muted or blocked.")
    async def replies(
        self, info: Info, first: First = DEFAULT_PAGE, after: After = None, order: Order = ReplyOrder.OLDEST
    ) -> "PostConnection":
        page = await threads.replies(info.context, self.record.id, requested_replies(first, after, order))
        return await PostConnection.of(as_events(page), info, after=after)

    @strawberry.field(description="Posts that quote it, newest first.")
    async def quotes(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> "PostConnection":
        page = await threads.quotes(info.context, self.record.id, requested(IdKind.POST_CURSOR, first, after))
        return await PostConnection.of(as_events(page), info, after=after)

    @strawberry.field(description="Who has reposted it, the latest first. Without accounts hidden from the viewer.")
    async def reposts(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> "RepostConnection":
        page = await reposts.reposters(info.context, self.record.id, requested(IdKind.REPOST_CURSOR, first, after))
        total = (await self._counts(info)).reposts if selects(info, "totalCount") else 0
        return await RepostConnection.of(page, info, after=after, total=total)

    @strawberry.field(description="Who likes it, the latest first. Without accounts hidden from the viewer.")
    async def likes(self, info: Info, first: First = DEFAULT_PAGE, after: After = None) -> "LikeConnection":
        page = await acts.likers(info.context, self.record.id, requested(IdKind.LIKE_CURSOR, first, after))
        total = (await self._counts(info)).likes if selects(info, "totalCount") else 0
        return await LikeConnection.of(page, info, after=after, total=total)

    async def _counts(self, info: Info) -> records.PostCounts:
        wanted = Wanted(counted=frozenset({self.record.id}))
        return (await info.context.loaders.load(around, wanted, info.context)).counts[self.record.id]

    @classmethod
    def of(
        cls,
        post: records.Post,
        context: RequestContext,
        *,
        author: User | None = None,
        in_reply_to: "Post | None" = None,
        replies_to: User | None = None,
        quote: Quote | None = None,
        surroundings: Surroundings = NOTHING_AROUND,
    ) -> "Post":
        """Return the object for the post. What the query does not select may be missing."""
        counts = surroundings.counts.get(post.id)
        fixed = fixed_part(post.id, post.text)
        return cls(
            id=strawberry.ID(fixed.id),
            record=post,
            fixed=fixed,
            author=cast(User, author),
            text=post.text,
            created_at=fixed.created_at,
            delivery=Delivery.of(post) if post.author == context.viewer else None,
            is_reply=post.reply_to is not None,
            in_reply_to=in_reply_to,
            replies_to=replies_to,
            quote=quote,
            reposted_by_viewer=post.id in surroundings.reposted,
            liked_by_viewer=post.id in surroundings.liked,
            bookmarked_by_viewer=post.id in surroundings.bookmarked,
            like_count=cast(int, counts and counts.likes),
            repost_count=cast(int, counts and counts.reposts),
            quote_count=cast(int, counts and counts.quotes),
            reply_count=cast(int, counts and counts.replies),
            media=[Media.of(one) for one in post.media] if post.media else [],
        )

    @classmethod
    async def load(cls, post: records.Post, info: Info, *path: str) -> "Post":
        """Return the post with what the query selects below the path from the present field."""
        return (await load_posts([post], info, *path))[post.id]


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
        cursors = [edge.cursor for edge in edges]
        return cls(edges=edges, page_info=PageInfo.forward(page, IdKind.POST_CURSOR, cursors, after=after))

    @classmethod
    async def of_kept(cls, page: records.Page[records.KeptPost], info: Info, *, after: str | None) -> "PostConnection":
        """Return the posts that the viewer likes or has bookmarked. A cursor is that of the like or bookmark."""
        posts = await load_posts([kept.post for kept in page.items], info, "edges", "node")
        cursors = [encode(IdKind.KEPT_CURSOR, kept.id) for kept in page.items]
        edges = [
            PostEdge(cursor=cursor, node=posts[kept.post.id]) for cursor, kept in zip(cursors, page.items, strict=True)
        ]
        return cls(edges=edges, page_info=PageInfo.forward(page, IdKind.KEPT_CURSOR, cursors, after=after))

    @classmethod
    async def of_feed(cls, page: records.Page[records.Event], info: Info) -> "PostConnection":
        edges = await load_edges(page.items, info, "edges")
        start, end = (None if stop is None else encode(IdKind.POST_CURSOR, stop) for stop in (page.start, page.end))
        cursors = [edge.cursor for edge in edges]
        page_info = PageInfo.of(cursors, has_next=page.has_next, has_previous=page.has_previous, start=start, end=end)
        return cls(edges=edges, page_info=page_info)


async def load_edges(events: Sequence[records.Event], info: Info, *path: str) -> list[PostEdge]:
    """Return the edges with what the query selects below the path from the present field."""
    known: dict[int, User] = {}
    if selects(info, *path, "repost", "user"):
        actors = {event.actor for event in events if event.is_repost}
        known = await load_users(info.context, actors | {event.post.author for event in events}) if actors else {}
    posts = await load_posts([event.post for event in events], info, *path, "node", known=known)
    return [_edge(event, posts[event.post.id], known) for event in events]


async def load_posts(
    posts: Sequence[records.Post], info: Info, *path: str, known: Mapping[int, User] = NO_USERS
) -> dict[int, Post]:
    """Return the posts by id, with what the query selects below the path from the present field.

    All of them share one read of accounts and one of what surrounds posts. Posts that they quote or answer, if these
    are selected, take two further reads for each level of the selection.

    Args:
        posts: The posts, which the viewer may see.
        info: Of the field that is being resolved.
        path: Leads from this field to the posts.
        known: Accounts that are loaded already.
    """
    names = selected(info, *path)
    users = await _load_beside(posts, names, info, known)
    surroundings = await _load_around(posts, names, info)
    shown = {number: seen.post for number, seen in surroundings.named.items() if seen.post}
    quoted = [shown[post.quote] for post in posts if post.quote in shown] if "quote" in names else []
    quotes = await load_posts(quoted, info, *path, "quote", "post") if quoted else {}
    answered = [shown[post.reply_to] for post in posts if post.reply_to in shown] if "inReplyTo" in names else []
    parents = await load_posts(answered, info, *path, "inReplyTo") if answered else {}
    return {
        post.id: Post.of(
            post,
            info.context,
            author=users.get(post.author),
            in_reply_to=None if post.reply_to is None else parents.get(post.reply_to),
            replies_to=None if post.reply_to_author is None else users.get(post.reply_to_author),
            quote=_quote(post, surroundings, quotes),
            surroundings=surroundings,
        )
        for post in posts
    }


async def _load_beside(
    posts: Sequence[records.Post], names: Set[str], info: Info, known: Mapping[int, User]
) -> Mapping[int, User]:
    """Return the accounts that are selected beside the posts."""
    accounts: set[int] = set()
    if "author" in names:
        accounts.update(post.author for post in posts)
    if "repliesTo" in names:
        accounts.update(post.reply_to_author for post in posts if post.reply_to_author is not None)
    missing = accounts - known.keys()
    return {**known, **await load_users(info.context, missing)} if missing else known


async def _load_around(posts: Sequence[records.Post], names: Set[str], info: Info) -> Surroundings:
    named: set[int | None] = set()
    if "quote" in names:
        named.update(post.quote for post in posts)
    if "inReplyTo" in names:
        named.update(post.reply_to for post in posts)
    shown = frozenset(post.id for post in posts)
    mine = shown if info.context.viewer is not None else frozenset()
    wanted = Wanted(
        named=frozenset(number for number in named if number is not None),
        reposted=mine if "repostedByViewer" in names else frozenset(),
        acted_on=mine if names & ACT_FLAGS else frozenset(),
        counted=shown if names & COUNTS else frozenset(),
    )
    if not wanted:
        return NOTHING_AROUND
    return await info.context.loaders.load(around, wanted, info.context)


def _quote(post: records.Post, surroundings: Surroundings, quotes: Mapping[int, Post]) -> Quote | None:
    if post.quote is None or (seen := surroundings.named.get(post.quote)) is None:
        return None
    return Quote(post=quotes.get(post.quote), hidden_because=seen.hidden_because)


def _edge(event: records.Event, post: Post, users: Mapping[int, User]) -> PostEdge:
    if not event.is_repost:
        return PostEdge(cursor=post.fixed.cursor, node=post)
    repost = Repost(user=cast(User, users.get(event.actor)), created_at=event.created_at)
    return PostEdge(cursor=encode(IdKind.POST_CURSOR, event.id), node=post, repost=repost)


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
        rows, page_info = await load_rows(page, ends, IdKind.FOLLOW_CURSOR, info, after=after)
        edges = [FollowEdge(cursor=cursor, node=user, followed_at=row.followed_at) for cursor, row, user in rows]
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
        description="How often the post is reposted, as repostCount; accounts hidden from the viewer are counted, too."
    )

    @classmethod
    async def of(
        cls, page: records.Page[records.Actor], info: Info, *, after: str | None, total: int
    ) -> "RepostConnection":
        rows, page_info = await load_rows(page, accounts_of(page), IdKind.REPOST_CURSOR, info, after=after)
        edges = [RepostEdge(cursor=cursor, node=user, reposted_at=row.acted_at) for cursor, row, user in rows]
        return cls(edges=edges, page_info=page_info, total_count=total)


@strawberry.type(description="An account in a list of likes.")
class LikeEdge:
    cursor: str = strawberry.field(description="The position of the item in this list, for `after`.")
    node: User = strawberry.field(description="Who likes the post.")
    liked_at: datetime = strawberry.field(description="Since when the account likes it.")


@strawberry.type(description="A page of the accounts that like a post, the latest first.")
class LikeConnection:
    edges: list[LikeEdge] = strawberry.field(description="The accounts of this page.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")
    total_count: int = strawberry.field(
        description="How many accounts like the post, as likeCount; accounts hidden from the viewer are counted, too."
    )

    @classmethod
    async def of(
        cls, page: records.Page[records.Actor], info: Info, *, after: str | None, total: int
    ) -> "LikeConnection":
        rows, page_info = await load_rows(page, accounts_of(page), IdKind.LIKE_CURSOR, info, after=after)
        edges = [LikeEdge(cursor=cursor, node=user, liked_at=row.acted_at) for cursor, row, user in rows]
        return cls(edges=edges, page_info=page_info, total_count=total)


def accounts_of(page: records.Page[records.Actor]) -> list[int]:
    return [actor.account for actor in page.items]


async def load_rows(
    page: records.Page[Row], accounts: Sequence[int], kind: IdKind, info: Info, *, after: str | None
) -> tuple[list[tuple[str, Row, User]], PageInfo]:
    """Return each row of a list of accounts with its cursor and its account, and the position of the page.

    The accounts are loaded if the query selects them below the present field.
    """
    found = await load_users(info.context, set(accounts)) if selects(info, "edges", "node") else {}
    cursors = [encode(kind, row.id) for row in page.items]
    users = [cast(User, found.get(account)) for account in accounts]
    return list(zip(cursors, page.items, users, strict=True)), PageInfo.forward(page, kind, cursors, after=after)


def as_events(page: records.Page[records.Post]) -> records.Page[records.Event]:
    """Return the page of a list that holds posts and no reposts."""
    events = [records.Event.of(post) for post in page.items]
    return records.Page(events, has_next=page.has_next, end=page.end)


async def load_users(context: RequestContext, numbers: Set[int]) -> dict[int, User]:
    """Load the accounts of a list, or the authors of posts, with one read for all that ask at once.

    The accounts may be a moment old.
    """
    found = await context.loaders.load(users.recent, frozenset(numbers), context)
    return {number: User.of(found[number], context) for number in numbers if number in found}
