"""What web processes tell each other: that something has happened. What is true now stands in the database alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostMade:
    post: int
    author: int


@dataclass(frozen=True, slots=True)
class FollowChanged:
    follower: int
    followee: int


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """One of the user's sessions; no announcement says which."""

    user: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Anything may have happened that was not told."""


@dataclass(frozen=True, slots=True)
class Alive:
    """Nothing has happened."""


@dataclass(frozen=True, slots=True)
class Farewell:
    """The process has told everything, and ends."""


Announcement = PostMade | FollowChanged | SessionEnded | Gap | Alive | Farewell
