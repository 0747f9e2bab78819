"""The records that the storage returns: plain and immutable, without types of a database or of GraphQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from domain.ids import instant_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    id: int
    alias: str
    first_name: str
    last_name: str
    image: str | None = None  # the name of a stored image
    follower_count: int = 0
    followee_count: int = 0
    is_celebrity: bool = False

    @property
    def created_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post. Posts of a feed have defaults from `in_flight` on: only the author sees the state of the delivery."""

    id: int
    author: int
    text: str
    in_flight: bool
    targets: int = 0
    delivered: int = 0
    completed_at: datetime | None = None

    @property
    def created_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """The post of an idempotency key. `is_new` tells whether this request has stored it."""

    post: Post
    is_new: bool


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
    items: Sequence[T]
    has_next: bool
