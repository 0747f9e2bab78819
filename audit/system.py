"""Audits ledgers, counts and sums, which belong to no single reader."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from audit.findings import FindingKind, Findings
from storage.data_version import COUNTS
from storage.maintenance.sums import Sums
from tasks import messages
from tasks.cores import run_all
from tasks.messages import LOOK_AGAIN_AFTER_S
from tasks.services import TaskServices

POSTS_BATCH = 500
STUCK_AFTER = timedelta(minutes=1)  # sweeps send tasks again after ten seconds in flight


async def check_ledgers(services: TaskServices, *, repair: bool) -> Findings:
    stuck = await services.maintenance.audits.stuck(older_than=STUCK_AFTER)
    if repair:
        await run_all(services, [messages.start_fan_out(post) for post in stuck])
    return Findings({FindingKind.STUCK: len(stuck)})


async def check_counts(services: TaskServices, users: Sequence[int], *, repair: bool) -> Findings:
    """Compare the counts twice, some seconds apart, since a follow in progress looks like a wrong count."""
    counts = services.maintenance.counts
    seen = await counts.find_drift(users)
    if not seen:
        return Findings()
    await asyncio.sleep(LOOK_AGAIN_AFTER_S)
    now = await counts.find_drift(seen)
    off = {user: difference for user, difference in now.items() if difference == seen[user]}
    if repair:
        await counts.add_drift(off)
    return Findings({FindingKind.COUNTS: len(off)})


async def check_sums(services: TaskServices, users: Sequence[int], *, repair: bool) -> Findings:
    """Compare the counts of the accounts' posts, and of the posts themselves, with base data.

    Each comparison is of one instant, and changes keep the difference, so one look is enough.
    """
    if not await services.storage.data_version.has(COUNTS):
        return Findings()
    sums = services.maintenance.sums
    off = await _sums_off(sums, users=users, repair=repair)
    for user in users:
        after = -1
        while posts := await sums.posts_by(user, after=after, limit=POSTS_BATCH):
            off += await _sums_off(sums, posts=posts, repair=repair)
            after = posts[-1]
    return Findings({FindingKind.SUMS: off})


async def _sums_off(sums: Sums, *, posts: Sequence[int] = (), users: Sequence[int] = (), repair: bool) -> int:
    """Return how many counts are off. A repair reads in a transaction, which only what is off needs."""
    off = len(await sums.find_drift(posts=posts, users=users))
    return await sums.correct(posts=posts, users=users) if off and repair else off
