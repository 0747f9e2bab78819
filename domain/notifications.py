"""Notifications: what others have done about an account and its posts. This module alone decides what they are.

    notifications(v) =  each post of another account that answers, quotes or mentions v: a reply, else a quote, else a
                        mention
                     ∪  for each post of v and hour: those who liked it, those who reposted it
                     ∪  for each day: those who began to follow v
                     without accounts in hidden(v), deleted posts, and groups of which no account is left

A post stands at its own id, and a group at the last id of its hour or day in UTC. So a group keeps its place while it
grows, and (place, rank of the kind, post) is a total order. Nothing is stored but base data, and one id for each
account up to which it has read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from domain.ids import IDS_OF_DAY, IDS_OF_HOUR, instant_of
from domain.records import Post

MAX_NOTIFIED = 50  # accounts that one post notifies
MAX_ACTORS = 8  # accounts that a group names
MAX_COUNT = 1_000  # accounts that a group counts
MAX_UNREAD = 99


class NotificationKind(Enum):
    MENTION = "MENTION"
    REPLY = "REPLY"
    QUOTE = "QUOTE"
    LIKE = "LIKE"
    REPOST = "REPOST"
    FOLLOW = "FOLLOW"


ALL_KINDS = frozenset(NotificationKind)
POST_KINDS = frozenset({NotificationKind.MENTION, NotificationKind.REPLY, NotificationKind.QUOTE})
# Cursors hold the rank of a kind, so it never changes.
RANKS = {kind: rank for rank, kind in enumerate(NotificationKind, start=1)}
# How long the groups of a kind are, in ids.
PERIODS = {
    NotificationKind.LIKE: IDS_OF_HOUR,
    NotificationKind.REPOST: IDS_OF_HOUR,
    NotificationKind.FOLLOW: IDS_OF_DAY,
}


class Position(NamedTuple):
    """Where a notification stands in the list. The first one has the highest position."""

    place: int
    rank: int
    post: int  # 0 for follows


class GroupKey(NamedTuple):
    """A group of one kind: the first id of its hour or day, and its post, which is 0 for follows."""

    begin: int
    post: int


BEFORE_ALL = Position(2**63 - 1, 0, 0)  # above every notification


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification as it is shown. `newest` is the id of its newest act, and holds its time.

    `post` is the post that answers, quotes or mentions the viewer, or the viewer's post that was liked or reposted, or
    None for follows. `actors` are up to MAX_ACTORS accounts of a group, the latest first. `count` is how many there
    are, up to MAX_COUNT. Both are empty if they were not asked for.
    """

    kind: NotificationKind
    position: Position
    newest: int
    is_unread: bool
    post: Post | None = None
    actors: Sequence[int] = ()
    count: int = 0

    @property
    def at(self) -> datetime:
        return instant_of(self.newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationRequest:
    """A request for the `first` notifications of the kinds below a position.

    The `wants_` fields name what the answer must hold beside the list, since each may take reads of its own.
    """

    first: int
    below: Position = BEFORE_ALL
    kinds: frozenset[NotificationKind] = ALL_KINDS
    wants_actors: bool = True
    wants_counts: bool = True
    wants_unread: bool = True
    wants_marker: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationPage:
    """`end` is where the reading stopped, if the page is short although there is a next one.

    `unread` and `marker` are 0 if they were not asked for.
    """

    items: Sequence[Notification]
    has_next: bool
    end: Position | None = None
    unread: int = 0
    marker: int = 0


def notified_by(
    author: int, *, reply_to: Post | None = None, quote: Post | None = None, mentioned: Iterable[int] = ()
) -> list[int]:
    """Return the accounts that a new post notifies, at most MAX_NOTIFIED: never its author, and each once."""
    named = [*(post.author for post in (reply_to, quote) if post is not None), *mentioned]
    return [account for account in dict.fromkeys(named) if account != author][:MAX_NOTIFIED]


def kind_of(viewer: int, post: Post) -> NotificationKind:
    """Return as what a post notifies the viewer, given that it does."""
    if post.reply_to_author == viewer:
        return NotificationKind.REPLY
    return NotificationKind.QUOTE if post.quote_author == viewer else NotificationKind.MENTION


def position_of_post(viewer: int, post: Post) -> Position:
    return Position(post.id, RANKS[kind_of(viewer, post)], post.id)


def position_of_group(kind: NotificationKind, key: GroupKey) -> Position:
    return Position(key.begin + PERIODS[kind] - 1, RANKS[kind], key.post)


def groups_below(kind: NotificationKind, position: Position) -> GroupKey:
    """Return the bound below which the keys of exactly those groups of the kind are that stand below the position."""
    period = PERIODS[kind]
    begin = position.place - position.place % period
    if position.place != begin + period - 1 or RANKS[kind] > position.rank:
        return GroupKey(begin, 0)
    return GroupKey(begin + period, 0) if RANKS[kind] < position.rank else GroupKey(begin, position.post)


def first_group_at(kind: NotificationKind, number: int) -> GroupKey:
    """Return the lowest key of the groups of the kind that hold an act with this id, or with a higher one."""
    return GroupKey(number - number % PERIODS[kind], 0)


def newest_known(newest: Sequence[tuple[GroupKey, int]], *, are_all: bool) -> int | None:
    """Return the highest of all acts of one kind, if the newest acts of its highest groups tell it.

    Args:
        newest: The groups with their newest acts, the highest group first.
        are_all: Whether there are no further groups.
    """
    if not newest:
        return 0 if are_all else None
    latest = newest[0][0].begin  # a later hour has later acts, so no group of another hour has the newest one
    if not are_all and newest[-1][0].begin == latest:
        return None
    return max(act for key, act in newest if key.begin == latest)


def is_unread(newest: int, *, marker: int) -> bool:
    """Return whether a notification with this newest visible act is unread by an account that has read up to there."""
    return newest > marker
