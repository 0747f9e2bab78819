"""What web processes tell each other: that something has happened. What is true now stands in the database alone."""

from dataclasses import dataclass

NOT_SENT = -1  # by a version that does not say it


@dataclass(frozen=True, slots=True)
class PostMade:
    post: int
    author: int


@dataclass(frozen=True, slots=True)
class FollowChanged:
    """`edge`: the id of the edge that was made, 0 if one was removed. `known`: posts by the followee that the process
    knew of before it made the edge, and which are therefore older than the follow.
    """

    follower: int
    followee: int
    edge: int = NOT_SENT
    known: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """One of the user's sessions; no announcement says which."""

    user: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Anything that happened during the last `age_ms` may not have been told."""

    age_ms: int = NOT_SENT


@dataclass(frozen=True, slots=True)
class Alive:
    """Nothing has happened."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """The process has told everything, and ends."""


Announcement = PostMade | FollowChanged | SessionEnded | Gap | Alive | Farewell
