"""Activity in a follow graph: posts, replies, reposts and quotes over the last days, at given rates.

The same accounts, follows and rates give the same activity. Each event has a number, which is the idempotency key of
its post, so that another run adds only what is missing.
"""

import math
import random
import sys
from collections import deque
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import click

from domain.ids import RANDOM_BITS, first_id_at
from domain.records import Post, User
from seeding.batches import BATCH
from seeding.follows import Pair
from seeding.phrases import draw_post, draw_quote, draw_reply
from seeding.posts import deliver, require_reposts, store, trim
from storage.maintenance.bulk import NewPost, NewRepost
from tasks.services import TaskServices

STEPS = 50  # at least, if there are so many events: a step answers posts of the steps before it
RECENT = 1_000  # posts that can be answered, quoted or reposted
LOOKED_AT = 20  # of these, by one account; it prefers the posts of those whom it follows
LAST_POST = timedelta(minutes=4)  # age of the newest event


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """How much the accounts do. The shares add up to 1 at most; what is left are posts that answer nothing."""

    each: float  # posts, replies, reposts and quotes of an account, on average
    days: int
    replies: float
    reposts: float
    quotes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    users: Sequence[User]
    follows: Set[Pair]
    activity: Activity
    total: int
    until: datetime
    weights: Sequence[float]  # cumulative: some accounts are livelier than others
    recent: deque[Post] = field(default_factory=lambda: deque(maxlen=RECENT))


async def seed_activity(
    services: TaskServices, users: Sequence[User], follows: Sequence[Pair], activity: Activity
) -> int:
    """Make the missing events, and deliver them. Return how many were missing.

    Two equal reposts are one, so that there may be a few events less than asked for.

    Raises:
        NotMigrated: The stored data has an older version than reposts need.
    """
    await require_reposts(services)
    dice = random.Random(0)
    scene = _Scene(
        users=users,
        follows=set(follows),
        activity=activity,
        total=round(activity.each * len(users)),
        until=datetime.now(UTC) - LAST_POST,
        weights=list(accumulate(dice.expovariate(1) for _ in users)),
    )
    step = min(BATCH, math.ceil(scene.total / STEPS) or 1)
    written = 0
    with click.progressbar(length=scene.total, label="activity", file=sys.stderr) as bar:
        for start in range(0, scene.total, step):
            numbers = range(start, min(start + step, scene.total))
            written += await _make(services, scene, numbers)
            bar.update(len(numbers))
    await trim(services, [user.id for user in users])
    return written


async def _make(services: TaskServices, scene: _Scene, numbers: range) -> int:
    events = [_draw(scene, number) for number in numbers]
    posts = [event for event in events if isinstance(event, NewPost)]
    reposts = [event for event in events if isinstance(event, NewRepost)]
    authors, keys = {event.author for event in events}, [post.key for post in posts if post.key]
    bulk = services.maintenance.bulk
    known = await bulk.find_keyed(authors, keys)
    written = await store(services, [post for post in posts if post.key not in known], reposts)
    await deliver(services, authors)
    found = await bulk.find_keyed(authors, keys)
    scene.recent.extend(found[key] for key in keys if key in found)  # another process may have deleted one
    return written


def _draw(scene: _Scene, number: int) -> NewPost | NewRepost:
    """Return the event of this number. Its dice are its own, so that it depends on no other event but its source."""
    dice, shares = random.Random(number), scene.activity
    author = dice.choices(scene.users, cum_weights=scene.weights)[0].id
    instant = scene.until - timedelta(days=shares.days) * (1 - (number + 1) / scene.total)
    id_, key = first_id_at(instant) + dice.getrandbits(RANDOM_BITS), f"seed-{number}"
    kind = dice.random()
    source = _find_source(scene, author, dice)
    if source is None or kind >= shares.replies + shares.reposts + shares.quotes:
        return NewPost(id_, author, draw_post(dice), key=key)
    id_ = max(id_, source.id + 1)  # an older run may have stored the source
    if kind < shares.replies:
        return NewPost(id_, author, draw_reply(dice), reply_to=source, key=key)
    if kind < shares.replies + shares.quotes:
        return NewPost(id_, author, draw_quote(dice), quote=source, key=key)
    return NewRepost(id_, author, source)


def _find_source(scene: _Scene, author: int, dice: random.Random) -> Post | None:
    """Return a recent post of another account, if there is one: best of one that the author follows."""
    some = dice.sample(scene.recent, min(LOOKED_AT, len(scene.recent)))
    others = [post for post in some if post.author != author]
    return next((post for post in others if (author, post.author) in scene.follows), others[0] if others else None)
