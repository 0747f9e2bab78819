"""Audits what belongs to no single reader: ledgers and counts."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from audit.findings import FindingKind, Findings
from tasks import messages
from tasks.cores import run_all
from tasks.messages import LOOK_AGAIN_AFTER_S
from tasks.services import TaskServices

STUCK_AFTER = timedelta(minutes=1)  # sweeps send again what has been in flight for ten seconds


async def check_ledgers(services: TaskServices, *, repair: bool) -> Findings:
    stuck = await services.maintenance.audits.stuck(older_than=STUCK_AFTER)
    if repair:
        await run_all(services, [messages.start_fan_out(post) for post in stuck])
    return Findings({FindingKind.STUCK: len(stuck)})


async def check_counts(services: TaskServices, users: Sequence[int], *, repair: bool) -> Findings:
    """Two looks, some seconds apart: a follow in progress looks like a count that is off."""
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
