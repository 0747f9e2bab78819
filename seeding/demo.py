"""A small demo world: people who talk to each other in several languages, over the last days."""

import random
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import click

from domain.ids import RANDOM_BITS, first_id_at
from domain.records import User
from domain.segments import SegmentKind, cut_segments
from seeding.accounts import ensure_accounts
from seeding.follows import ensure_follows
from seeding.star import Seeded
from storage.maintenance.bulk import NewPost, NewUser
from tasks import messages
from tasks.cores import run_all
from tasks.services import TaskServices

SPREAD = timedelta(days=5)
LAST_POST = timedelta(minutes=4)  # age of the newest post
CHANCE_FOLLOWS = 6  # random accounts that each person follows, beside those it mentions
VIEWER = "ada"
VIEWER_FOLLOWS = 18

PEOPLE = [
    *(NewUser("ada", "Ada", "Marlowe"), NewUser("grace", "Grace", "Whitfield"), NewUser("linus", "Linus", "Aalto")),
    *(NewUser("margaret", "Margaret", "Doyle"), NewUser("alan", "Alan", "Prescott"), NewUser("hedy", "Hedy", "Lang")),
    *(NewUser("tim", "Tim", "Ashdown"), NewUser("yuki", "由紀", "田中"), NewUser("omar", "عمر", "حسن")),
    *(NewUser("dmitri", "Дмитрий", "Орлов"), NewUser("priya", "Priya", "Nair"), NewUser("mei", "梅", "陈")),
    *(NewUser("jisoo", "지수", "김"), NewUser("eleni", "Ελένη", "Παππά"), NewUser("noa", "נועה", "לוי")),
    *(NewUser("sofia", "Sofía", "Ferrer"), NewUser("amara", "Amara", "Okoye"), NewUser("kofi", "Kofi", "Mensah")),
    *(NewUser("ines", "Inês", "Tavares"), NewUser("freya", "Freya", "Lindholm"), NewUser("walt", "Walt", "Greer")),
    *(NewUser("zoe", "Zoë", "Castellan"), NewUser("ruth", "Ruth", "Abernathy"), NewUser("theo", "Theo", "Barnes")),
    *(NewUser("hana", "Hana", "Novák"), NewUser("nils", "Nils", "Sundqvist"), NewUser("mateo", "Mateo", "Ríos")),
    NewUser("tuan", "Tuấn", "Phạm"),
]


class Line(NamedTuple):
    alias: str
    text: str


async def seed_demo(services: TaskServices) -> Seeded:
    users = await ensure_accounts(services.maintenance.bulk, PEOPLE)
    by_alias = {person.alias: user for person, user in zip(PEOPLE, users, strict=True)}
    lines = read_lines()
    follows = [(by_alias[follower].id, by_alias[followee].id) for follower, followee in _follows(lines)]
    added = await ensure_follows(services, users, follows)
    posts = await _ensure_posts(services, by_alias, lines)
    click.echo(f"{posts:,} new posts")
    return Seeded(len(users), added)


def read_lines() -> list[Line]:
    """Return the posts with their authors, the oldest first."""
    text = Path(__file__).with_name("demo_posts.txt").read_text(encoding="utf-8")
    return [Line(*line.split(": ", 1)) for line in text.splitlines()]


def _follows(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Yield (follower, followee).

    Each person follows the accounts it mentions and some others, always the same ones.
    """
    dice = random.Random(0)
    mentioned = Counter((line.alias, alias) for line in lines for alias in _mentions(line.text))
    aliases = [person.alias for person in PEOPLE]
    for alias in aliases:
        others = [other for other in aliases if other != alias]
        chosen = dice.sample(others, VIEWER_FOLLOWS if alias == VIEWER else CHANCE_FOLLOWS)
        yield from ((alias, other) for other in others if other in chosen or mentioned[alias, other])


def _mentions(text: str) -> list[str]:
    return [segment.alias for segment in cut_segments(text) if segment.kind is SegmentKind.MENTION and segment.alias]


async def _ensure_posts(services: TaskServices, users: dict[str, User], lines: Sequence[Line]) -> int:
    """Store the missing posts with past dates, and deliver all posts in flight. Return how many were missing."""
    bulk, authors = services.maintenance.bulk, [user.id for user in users.values()]
    said = {(post.author, post.text) for post in await bulk.find_posts(authors)}
    dated = zip(_instants(len(lines)), lines, strict=True)
    missing = [
        NewPost(first_id_at(instant) + secrets.randbits(RANDOM_BITS), users[line.alias].id, line.text)
        for instant, line in dated
        if (users[line.alias].id, line.text) not in said
    ]
    await bulk.insert_posts(missing)
    in_flight = [post.id for post in await bulk.find_posts(authors) if post.in_flight]
    await run_all(services, [messages.start_fan_out(post) for post in in_flight])
    return len(missing)


def _instants(number: int) -> Iterator[datetime]:
    """Yield random times within SPREAD before LAST_POST, in ascending order."""
    dice = random.Random(0)
    until = datetime.now(UTC) - LAST_POST
    yield from sorted(until - SPREAD * dice.random() for _ in range(number))
