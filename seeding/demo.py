"""A small demo world: people who talk to each other in several languages, over the last days.

The same people say the same things to each other in every world, and the times between their posts are the same.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from domain.ids import RANDOM_BITS, first_id_at
from domain.records import Post, User
from domain.segments import SegmentKind, cut_segments
from seeding.accounts import ensure_accounts
from seeding.conversation import Line, read_conversation
from seeding.demo_people import PEOPLE
from seeding.demo_pictures import ensure_pictures
from seeding.follows import ensure_follows
from seeding.posts import deliver, require_reposts, store, trim
from seeding.star import Seeded
from storage.data_version import COUNTS
from storage.maintenance.bulk import NewLike, NewPost, NewRepost
from tasks.services import TaskServices
from tasks.trends import refresh_trends

SPREAD = timedelta(days=5)
LAST_POST = timedelta(minutes=4)  # age of the newest post
PAUSE_S = 40 * 60  # mean time until somebody answers or reposts a post
SHORTEST_PAUSE = timedelta(minutes=1)
CHANCE_FOLLOWS = 6  # random accounts that each person follows, beside those it talks to
MEAN_LIKES = 5  # of a post
VIEWER = "ada"
VIEWER_FOLLOWS = 18


async def seed_demo(services: TaskServices, *, with_talks: bool = True) -> Seeded:
    """Create the people, their follows and their posts, if they are missing.

    Without talks, there are only posts that answer and quote nothing, and no reposts.

    Raises:
        NotMigrated: The stored data has an older version than reposts need.
    """
    await require_reposts(services)
    users = await ensure_accounts(services.maintenance.bulk, PEOPLE)
    by_alias = {person.alias: user for person, user in zip(PEOPLE, users, strict=True)}
    lines = read_lines()
    if not with_talks:
        lines = [replace(line, reposted_by=()) for line in lines if line.above is None]
    follows = [(by_alias[follower].id, by_alias[followee].id) for follower, followee in _follows(lines)]
    added = await ensure_follows(services, users, follows)
    posts = await _ensure_posts(services, by_alias, lines)
    click.echo(f"{posts:,} new posts and reposts")
    await refresh_trends(services)  # beat would do so within five minutes
    return Seeded(len(users), added)


def read_lines() -> list[Line]:
    """Return the posts. Each comes after the one that it answers or quotes."""
    return read_conversation(Path(__file__).with_name("demo_posts.txt").read_text(encoding="utf-8"))


def _follows(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Yield (follower, followee).

    Each person follows the accounts that it answers, quotes, reposts or mentions, and some others, always the same.
    """
    dice = random.Random(0)
    talks_to = {(line.alias, other) for line in lines for other in _mentions(line.text)}
    talks_to |= {(line.alias, lines[line.above].alias) for line in lines if line.above is not None}
    talks_to |= {(reposter, line.alias) for line in lines for reposter in line.reposted_by}
    aliases = [person.alias for person in PEOPLE]
    for alias in aliases:
        others = [other for other in aliases if other != alias]
        chosen = dice.sample(others, VIEWER_FOLLOWS if alias == VIEWER else CHANCE_FOLLOWS)
        yield from ((alias, other) for other in others if other in chosen or (alias, other) in talks_to)


def _mentions(text: str) -> list[str]:
    return [segment.alias for segment in cut_segments(text) if segment.kind is SegmentKind.MENTION and segment.alias]


async def _ensure_posts(services: TaskServices, users: dict[str, User], lines: Sequence[Line]) -> int:
    """Store the missing posts and reposts with past dates, and deliver them. Return how many were missing.

    A post is stored after the one that it answers or quotes, so one depth after the other.
    """
    bulk, authors, dice = services.maintenance.bulk, [user.id for user in users.values()], random.Random(0)
    until = datetime.now(UTC) - LAST_POST
    instants = _instants(lines, until, dice)
    written = 0
    for depth in range(max(line.depth for line in lines) + 1):
        said = {(post.author, post.text): post for post in await bulk.find_posts(authors)}
        stored = [said.get((users[line.alias].id, line.text)) for line in lines]
        missing = [
            _new_post(lines[place], users, _draw(instants[place], dice), stored)
            for place, line in enumerate(lines)
            if line.depth == depth and stored[place] is None
        ]
        written += await store(services, missing, [])
        await deliver(services, authors)
    said = {(post.author, post.text): post for post in await bulk.find_posts(authors)}
    await ensure_pictures(services, list(said.values()))
    reposts = [
        NewRepost(_draw(_later(instant, until, dice), dice), users[alias].id, said[users[line.alias].id, line.text])
        for line, instant in zip(lines, instants, strict=True)
        for alias in line.reposted_by
    ]
    written += await store(services, [], reposts)
    await deliver(services, authors)
    if await services.storage.data_version.has(COUNTS):
        await bulk.insert_likes(_likes([said[users[line.alias].id, line.text] for line in lines], authors, until))
    await trim(services, authors)
    return written


def _likes(posts: Sequence[Post], people: Sequence[int], until: datetime) -> Iterator[NewLike]:
    """Yield who likes the posts: a few people most of them, and many people some of them."""
    dice = random.Random(0)
    for post in posts:
        number = min(len(people), int(dice.expovariate(1 / MEAN_LIKES)))
        for user in dice.sample(people, number):
            yield NewLike(max(_draw(_later(post.created_at, until, dice), dice), post.id + 1), user, post)


def _new_post(line: Line, users: dict[str, User], number: int, stored: Sequence[Post | None]) -> NewPost:
    above = None if line.above is None else stored[line.above]
    number = number if above is None else max(number, above.id + 1)  # an older run may have stored what stands above
    author = users[line.alias].id
    if line.quote is None:
        return NewPost(number, author, line.text, reply_to=above)
    return NewPost(number, author, line.text, quote=above)


def _instants(lines: Sequence[Line], until: datetime, dice: random.Random) -> list[datetime]:
    """Return a time for each line: within SPREAD, in their order, and replies and quotes some time after their post."""
    first = iter(sorted(until - SPREAD * dice.random() for line in lines if line.above is None))
    instants: list[datetime] = []
    for line in lines:
        instants.append(next(first) if line.above is None else _later(instants[line.above], until, dice))
    return instants


def _later(instant: datetime, until: datetime, dice: random.Random) -> datetime:
    later = instant + SHORTEST_PAUSE + timedelta(seconds=dice.expovariate(1 / PAUSE_S))
    return later if later < until else instant + (until - instant) * dice.random()


def _draw(instant: datetime, dice: random.Random) -> int:
    return first_id_at(instant) + dice.getrandbits(RANDOM_BITS)
