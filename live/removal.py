"""What takes events out of feeds, for subscribers that show them: deletions and undone reposts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostGone:
    """The post was deleted. It goes with all its reposts."""

    post: int


@dataclass(frozen=True, slots=True)
class RepostGone:
    """The repost was undone. The post may stand in another place of the feed, which a read shows."""

    repost: int


@dataclass(frozen=True, slots=True)
class Stale:
    """The feed may have changed in ways that were not announced. A read shows them."""

    reason: str


Removal = PostGone | RepostGone | Stale

# Reasons of `Stale`, for users.
MISSED = "Some changes of the feed may have been missed."
POPULAR = "A post was reposted so often that only a read of the feed tells whether it came by before."
