"""What a viewer may see. This module alone decides it, for feeds, threads, live updates, audits and tests.

It decides from facts that its callers read: posts, follows and relations. It knows no clock and no entries of a feed.

    hidden(v)       =  accounts v has muted or blocked, and accounts that have blocked v   (for what comes unasked)
    barred(v)       =  accounts v has blocked, and accounts that have blocked v            (for what v asks for by name)
    eligible(v, e)  ⇔  v follows actor(e), and has not taken that account out of the feed;
                       actor(e), the author of the post, and the account that the post answers are not in hidden(v)
                    ∧  if e is a reply: it answers v, actor(e), or an account that v follows
                    ∧  if e is a repost: v's edge to actor(e) shows reposts, and the post is not v's own
    feed(v)         =  the eligible events for which no other eligible event of the same post has an id
                       in [e - REPEAT_AFTER, e), newest first

A repost's id is above its post's id (`storage.reposts`), so nothing of the same post comes before the post itself.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from domain.ids import RANDOM_BITS
from domain.records import Event, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowOptions:
    """What a reader has chosen about an account that it follows."""

    shows_reposts: bool = True
    is_in_feed: bool = True


DEFAULT_OPTIONS = FollowOptions()
REPEAT_AFTER = timedelta(days=7)  # a post comes by once in this time, by default


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """What one viewer has decided about others, and others about the viewer. `viewer` is None without a signed-in one.

    Complete for the accounts that a decision is about, and for no others.
    """

    viewer: int | None = None
    follows: Mapping[int, FollowOptions] = field(default_factory=dict)
    muted: Set[int] = frozenset()
    blocked: Set[int] = frozenset()
    blocked_by: Set[int] = frozenset()

    def is_hidden(self, account: int) -> bool:
        """Whether nothing of the account comes to the viewer unasked."""
        return account in self.muted or self.is_barred(account)

    def is_barred(self, account: int) -> bool:
        """Whether the viewer cannot see the account's posts at all."""
        return account in self.blocked or account in self.blocked_by

    def wants(self, account: int) -> bool:
        """Whether the account's own posts come to the viewer's feed, by the follow and the relations."""
        options = self.follows.get(account)
        return options is not None and options.is_in_feed and not self.is_hidden(account)


class PostHidden(Enum):
    """Why a post is not shown in a place that names it."""

    GONE = "GONE"
    BLOCKED = "BLOCKED"
    MUTED = "MUTED"


def ids_apart(distance: timedelta) -> int:
    """Return how far apart two ids are that were drawn so long after each other."""
    return int(distance / timedelta(milliseconds=1)) << RANDOM_BITS


def is_eligible(view: Viewpoint, event: Event) -> bool:
    """Return whether the event may stand in the viewer's feed, if it is the first sight of its post."""
    post = event.post
    options = view.follows.get(event.actor)
    if options is None or not options.is_in_feed:
        return False
    if view.is_hidden(event.actor) or view.is_hidden(post.author):
        return False
    if post.reply_to_author is not None and view.is_hidden(post.reply_to_author):
        return False
    if event.is_repost:
        return options.shows_reposts and post.author != view.viewer
    return (
        post.reply_to_author is None
        or post.reply_to_author in (view.viewer, event.actor)
        or post.reply_to_author in view.follows
    )


def first_sights(
    view: Viewpoint, events: Iterable[Event], *, earlier: Iterable[Event] = (), repeat_after: int
) -> list[Event]:
    """Return those of the events that the viewer's feed shows, newest first.

    Args:
        view: Complete for every account that the events name.
        events: Distinct events whose posts exist.
        earlier: Events of the same posts within `repeat_after` below them, which are not returned.
        repeat_after: The distance of ids within which a post comes by once.
    """
    seen: dict[int, list[int]] = defaultdict(list)
    candidates = [event for event in events if is_eligible(view, event)]
    for event in (*candidates, *(event for event in earlier if is_eligible(view, event))):
        seen[event.post.id].append(event.id)
    for ids in seen.values():
        ids.sort()
    shown = [event for event in candidates if not _was_seen(event.id, seen[event.post.id], repeat_after)]
    return sorted(shown, key=lambda event: event.id, reverse=True)


def _was_seen(event: int, ids: Sequence[int], repeat_after: int) -> bool:
    """Return whether one of the sorted ids lies in [event - repeat_after, event)."""
    place = bisect_left(ids, event)
    return place > 0 and ids[place - 1] >= event - repeat_after


def why_barred(view: Viewpoint, post: Post | None) -> PostHidden | None:
    """Return why a post that was asked for by name is not shown. None if it is."""
    if post is None:
        return PostHidden.GONE
    return PostHidden.BLOCKED if view.is_barred(post.author) else None


def why_hidden(view: Viewpoint, post: Post | None) -> PostHidden | None:
    """Return why a post that comes with another one is not shown. None if it is."""
    barred = why_barred(view, post)
    if barred is None and post is not None and post.author in view.muted:
        return PostHidden.MUTED
    return barred


def why_not_in_story(view: Viewpoint, post: Post | None, *, author: int) -> PostHidden | None:
    """Return why the author's story does not show the post. None if it does.

    The viewer has asked for the author, so a mute leaves out what the author has reposted of others, and no more.
    """
    return why_barred(view, post) if post is None or post.author == author else why_hidden(view, post)
