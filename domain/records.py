"""The records that the storage returns: plain and immutable, without types of a database or of GraphQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from domain.ids import instant_of

T = TypeVar("T")

MAX_PATH = 40  # ancestors that a reply knows


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: int
    alias: str
    first_name: str
    last_name: str
    bio: str = ""
    image: str | None = None  # the name of a stored image
    follower_count: int = 0
    followee_count: int = 0
    is_celebrity: bool = False

    @property
    def created_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture of a post, or one that no post has yet. `file` is the name under which its sizes are stored."""

    id: int
    file: str
    width: int  # pixels, of its largest size
    height: int
    alt: str = ""
    placeholder: bytes = field(default=b"", repr=False)  # a tiny WebP file


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post, never a repost. Posts of a feed have defaults for the delivery: only the author sees its state.

    `reply_to_author` stays if the answered post is gone. `path` holds the ids of up to MAX_PATH ancestors, the nearest
    first. `root` is the first post of the thread; None for a post that answers nothing.
    """

    id: int
    author: int
    text: str
    in_flight: bool = False
    targets: int = 0
    delivered: int = 0
    completed_at: datetime | None = None
    reply_to: int | None = None
    reply_to_author: int | None = None
    root: int | None = None
    path: Sequence[int] = ()
    quote: int | None = None
    quote_author: int | None = None
    media: Sequence[Media] = ()

    @property
    def created_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What stands at one place of a feed: a post by `actor`, or a repost of it by `actor`.

    The id of a repost is its own. It names a place in feeds, and no post.
    """

    id: int
    actor: int
    post: Post

    @classmethod
    def of(cls, post: Post) -> "Event":
        """Return the event of the post itself."""
        return cls(id=post.id, actor=post.author, post=post)

    @property
    def is_repost(self) -> bool:
        return self.id != self.post.id

    @property
    def created_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """The post of an idempotency key. `is_new` tells whether this request has stored it."""

    post: Post
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reposting:
    """The repost by one account of one post. `is_new` tells whether this request has stored it."""

    id: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An account in the list of those who like a post or have reposted it. The id is that of the like or repost."""

    id: int
    account: int

    @property
    def acted_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPost:
    """A post in the list of those that an account likes, or has bookmarked. The id is that of the like or bookmark."""

    id: int
    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCounts:
    """How often a post is liked, answered, reposted and quoted, by all accounts."""

    likes: int = 0
    replies: int = 0
    reposts: int = 0
    quotes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of one post's fan-out: the followers with ids in (`after`, `until`]."""

    number: int
    after: int
    until: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A follow edge: the follower reads the followee. Its id holds the time of the follow."""

    id: int
    follower: int
    followee: int

    @property
    def followed_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session. Its id holds the time at which it was opened. Only the owner knows its token."""

    id: int
    user: int
    client: str
    last_used_at: datetime  # precise to an hour
    expires_at: datetime

    @property
    def created_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    password_hash: str = field(repr=False)
    login_origins: Sequence[str] = ()  # origins of successful logins, the latest first


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`end` is where the reading stopped, if that is not at the last item: a page may be short and have a next one.

    A list that is also read backwards says if it has a previous page. `start` is where such a reading stopped.
    """

    items: Sequence[T]
    has_next: bool
    end: int | None = None
    has_previous: bool = False
    start: int | None = None
