"""The formulas of docs/feed.md, "What a feed shows", written down once more, plainly and without `domain.visibility`.

Each condition has a name, by which a test can leave it out. So a test can show that it notices each of them.
"""

from collections.abc import Callable, Iterable, Mapping, Set

from domain.records import Event
from domain.visibility import Viewpoint

HIDING: Mapping[str, Callable[[Viewpoint], Set[int]]] = {
    "v has muted": lambda v: v.muted,
    "v has blocked": lambda v: v.blocked,
    "blocked v": lambda v: v.blocked_by,
}
CONDITIONS: Mapping[str, Callable[[Viewpoint, Event, Set[int]], bool]] = {
    "v follows the actor": lambda v, e, hidden: e.actor in v.follows,
    "the actor is in the feed": lambda v, e, hidden: e.actor not in v.follows or v.follows[e.actor].is_in_feed,
    "the actor is not hidden": lambda v, e, hidden: e.actor not in hidden,
    "the author is not hidden": lambda v, e, hidden: e.post.author not in hidden,
    "the answered account is not hidden": lambda v, e, hidden: e.post.reply_to_author not in hidden,
    "a reply answers v, its author or a followee": lambda v, e, hidden: (
        e.post.reply_to_author is None or e.id != e.post.id or e.post.reply_to_author in {v.viewer, e.actor, *v.follows}
    ),
    "the edge shows reposts": lambda v, e, hidden: (
        e.id == e.post.id or e.actor not in v.follows or v.follows[e.actor].shows_reposts
    ),
    "a repost is not of v's own post": lambda v, e, hidden: e.id == e.post.id or e.post.author != v.viewer,
}
FIRST_SIGHT = "no other event of the post is before it"
WINDOW = "the other event is at most REPEAT_AFTER before it"
OTHER_IS_ELIGIBLE = "the other event is eligible"
LOOK_BACK = {FIRST_SIGHT, WINDOW, OTHER_IS_ELIGIBLE}
ALL = frozenset({*HIDING, *CONDITIONS, *LOOK_BACK})


def is_eligible(view: Viewpoint, event: Event, without: Set[str] = frozenset()) -> bool:
    hidden = {account for name, accounts in HIDING.items() if name not in without for account in accounts(view)}
    return all(holds(view, event, hidden) for name, holds in CONDITIONS.items() if name not in without)


def feed(
    view: Viewpoint, events: Iterable[Event], *, repeat_after: int, without: Set[str] = frozenset()
) -> list[Event]:
    """Return the events that the feed shows, newest first. Conditions named in `without` are left out."""
    distinct = list({event.id: event for event in events}.values())
    eligible = [event for event in distinct if is_eligible(view, event, without)]
    others = distinct if OTHER_IS_ELIGIBLE in without else eligible
    shown = [event for event in eligible if not _has_come_by(event, others, repeat_after, without)]
    return sorted(shown, key=lambda event: event.id, reverse=True)


def _has_come_by(event: Event, others: list[Event], repeat_after: int, without: Set[str]) -> bool:
    if FIRST_SIGHT in without:
        return False
    return any(
        other.post.id == event.post.id
        and other.id < event.id
        and (other.id >= event.id - repeat_after or WINDOW in without)
        for other in others
    )
