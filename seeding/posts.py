"""Stores and delivers many posts and reposts with past dates. Feeds are exact meanwhile, as the posts are in flight.

The posts have the same form as those of people, and the same tasks deliver them. Only the rate limits, and the check
whether one of two accounts has blocked the other, are left out.
"""

import asyncio
from collections.abc import Collection as Ids
from collections.abc import Sequence

from domain.errors import NeedsMigration, OperatorError
from seeding.batches import in_batches
from storage.data_version import REPOSTS
from storage.maintenance.bulk import NewPost, NewRepost
from tasks import messages
from tasks.cores import run_all
from tasks.services import TaskServices

PARALLEL = 4  # posts that are delivered at the same time


class NotMigrated(OperatorError):
    """The stored data has an older version than reposts need."""


async def require_reposts(services: TaskServices) -> None:
    """Check that reposts can be stored.

    Raises:
        NotMigrated: They cannot.
    """
    try:
        await services.storage.data_version.require(REPOSTS)
    except NeedsMigration:
        raise NotMigrated(
            "the database is of an older version, which has no reposts: run `tweeter migrate` first"
        ) from None


async def store(services: TaskServices, posts: Sequence[NewPost], reposts: Sequence[NewRepost]) -> int:
    """Store the missing posts and reposts, in flight. Return how many were missing."""
    bulk = services.maintenance.bulk
    written = await bulk.insert_posts(posts) if posts else 0
    if reposts:
        written += await bulk.insert_reposts(reposts)
        await _undo_orphans(services, reposts)
    return written


async def _undo_orphans(services: TaskServices, reposts: Sequence[NewRepost]) -> None:
    """Take the reposts of deleted posts back, like `Reposts.repost`: the deletion may not have seen them."""
    existing = await services.maintenance.bulk.find_existing({repost.of.id for repost in reposts})
    for repost in reposts:
        if repost.of.id not in existing:
            await services.storage.reposts.undo(repost.author, repost.of.id)


async def deliver(services: TaskServices, authors: Ids[int]) -> None:
    """Deliver all that the authors have in flight, also what an interrupted run has left."""
    waiting = iter(sorted(await services.maintenance.bulk.find_in_flight(authors)))

    async def deliver_some() -> None:
        for post in waiting:
            await run_all(services, [messages.start_fan_out(post)])

    await asyncio.gather(*(deliver_some() for _ in range(PARALLEL)))


async def trim(services: TaskServices, readers: Sequence[int]) -> None:
    """Trim the feeds that have become too long, and remove the entries of posts that are older than a feed reaches."""

    async def trim_batch(batch: Sequence[int]) -> int:
        await run_all(services, [messages.trim_feeds(list(batch)), *map(messages.drop_below_floor, batch)])
        return len(batch)

    await in_batches("feeds", readers, trim_batch)
