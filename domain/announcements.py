"""Announcements that web processes send each other. They say what happened; only the database says what is true now."""

from dataclasses import dataclass

NOT_SENT = -1  # the sender runs a version that does not send this value


@dataclass(frozen=True, slots=True)
class PostMade:
    """A post was stored."""

    post: int
    author: int


@dataclass(frozen=True, slots=True)
class PostRemoved:
    """A post was deleted by its author. `reposters` are the accounts whose reposts of it go with it."""

    post: int
    author: int
    reposters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RepostMade:
    """A repost was stored. `author` is the account that has reposted."""

    repost: int
    author: int


@dataclass(frozen=True, slots=True)
class RepostUndone:
    """A repost was taken back by its author."""

    repost: int
    author: int


@dataclass(frozen=True, slots=True)
class FollowChanged:
    """A follow edge was inserted or deleted.

    `edge` is the id of the new edge, or 0 after a deletion. `known` lists posts by the followee that the
    sending process knew before it inserted the edge. These posts are older than the follow.
    """

    follower: int
    followee: int
    edge: int = NOT_SENT
    known: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationsChanged:
    """Relations or options of follows of these accounts changed: what reaches them unasked may be another set now."""

    accounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AccountsNotified:
    """The notifications of these accounts may have changed. Sent on a channel that older versions do not hear."""

    accounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A session of the user ended. The announcement does not say which one."""

    user: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The sender may have failed to announce events of the last `age_ms` milliseconds."""

    age_ms: int = NOT_SENT


@dataclass(frozen=True, slots=True)
class Alive:
    """A keep-alive. It carries no event."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """The process shuts down and has announced everything."""


Announcement = (
    PostMade
    | PostRemoved
    | RepostMade
    | RepostUndone
    | FollowChanged
    | RelationsChanged
    | AccountsNotified
    | SessionEnded
    | Gap
    | Alive
    | Farewell
)
