"""What the storage hands out and the resolvers return: plain, immutable, free of any database or GraphQL type."""

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
    image: str | None = None  # the name of a stored one
    follower_count: int = 0
    followee_count: int = 0
    is_celebrity: bool = False

    @property
    def created_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """In a feed, which holds none of its reader's own, without what concerns the delivery."""

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
    """The post that an idempotency key stands for: made just now, or before."""

    post: Post
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of one post's fan-out: the followers with `after` < id <= `until`."""

    number: int
    after: int
    until: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """An edge: the follower reads the followee. Its id tells when the follow was made."""

    id: int
    follower: int
    followee: int

    @property
    def followed_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Its id tells when it was opened. The token that opens it is its owner's alone."""

    id: int
    user: int
    client: str
    last_used_at: datetime  # to the hour
    expires_at: datetime

    @property
    def created_at(self) -> datetime:
        return instant_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    password_hash: str = field(repr=False)
    login_origins: Sequence[str] = ()  # from which somebody has signed in, the latest first


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: Sequence[T]
    has_next: bool
