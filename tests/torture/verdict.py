"""The check after the run: compares the database and all feeds with the clients' records."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from domain.records import User
from storage import DatabaseError, Storage
from storage.maintenance import Maintenance
from tests.torture.books import Book
from tests.torture.patient import Client
from tests.torture.people import ALL_PAGES
from tests.world import World

DRAINED_WITHIN_S = 90
COUNTED_WITHIN_S = 60
OVER_HTTP = 40  # readers whose whole feed is read page by page


@dataclass
class Verdict:
    lost: list[int] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)  # deleted, but still there
    strangers: list[str] = field(default_factory=list)  # posts that no client sent
    wrong_follows: list[str] = field(default_factory=list)
    wrong_feeds: list[str] = field(default_factory=list)
    wrong_counts: list[str] = field(default_factory=list)
    counts_off_at_first: int = 0  # accounts, before the sweep had time to compare twice
    left_open: int = 0
    restarted: list[str] = field(default_factory=list)  # processes that ended without being killed by a fault
    feeds_read: int = 0


async def drain(storage: Storage) -> int:
    """Wait until no ledger is open. Return the number of open ledgers after the timeout."""
    try:
        async with asyncio.timeout(DRAINED_WITHIN_S):
            while await _is_any_open(storage):
                await asyncio.sleep(0.1)
    except TimeoutError:
        return await storage.feed.ledgers.count_in_flight(limit=10**6)
    return 0


async def _is_any_open(storage: Storage) -> bool:
    try:
        return await storage.feed.ledgers.count_in_flight(limit=1) > 0
    except DatabaseError:  # during an election
        return True


async def compare_posts(storage: Storage, books: Mapping[int, Book], verdict: Verdict) -> None:
    stored = {post.id: post for post in await Maintenance(storage).bulk.find_posts(list(books))}
    for book in books.values():
        texts = Counter(post.text for post in stored.values() if post.author == book.author)
        verdict.lost += [post for post in book.posts if post not in stored and post not in book.deleted]
        verdict.returned += [post for post in book.deleted if post in stored]
        verdict.doubled += [text for text, times in texts.items() if times > 1]
        verdict.strangers += sorted(texts.keys() - book.tried)


async def compare_follows(storage: Storage, followees: Mapping[int, frozenset[int]], verdict: Verdict) -> None:
    stored: dict[int, set[int]] = {user: set() for user in followees}
    async for edge in storage.mongo.collection("follows").find({}, {"follower": 1, "followee": 1}):
        stored[edge["follower"]].add(edge["followee"])
    verdict.wrong_follows += [
        f"{user}: {sorted(stored[user] ^ wanted)}" for user, wanted in followees.items() if stored[user] != wanted
    ]


async def compare_counts(storage: Storage, users: list[User], verdict: Verdict) -> None:
    """Compare the counts of followers and followees with the edges, after the sweep."""
    ids = [user.id for user in users]
    off = await Maintenance(storage).counts.find_drift(ids)
    verdict.counts_off_at_first = len(off)
    with suppress(TimeoutError):
        async with asyncio.timeout(COUNTED_WITHIN_S):
            while off := await Maintenance(storage).counts.find_drift(ids):
                await asyncio.sleep(0.5)
    verdict.wrong_counts += [f"{user}: {difference}" for user, difference in off.items()]


async def compare_feeds(
    storage: Storage, users: list[User], clients: list[Client], verdict: Verdict, dice: Random
) -> None:
    """Compare every feed as read by the storage, and those of the clients over HTTP."""
    world = World(storage)
    by_id = {user.id: user for user in users}
    for client in clients[:OVER_HTTP]:
        seen, _ = await client.feed(page_size=dice.choice((7, 20, 100)), pages=ALL_PAGES)
        verdict.feeds_read += 1
        if [each.post for each in seen] != await world.oracle(by_id[client.user]):
            verdict.wrong_feeds.append(f"@{client.alias}, over HTTP")
    for user in users:
        verdict.feeds_read += 1
        if await world.feed(user, page_size=100) != await world.oracle(user):
            verdict.wrong_feeds.append(f"@{user.alias}")
