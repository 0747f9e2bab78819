"""Audits ledgers and counts, which belong to no single reader."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from audit.findings import FindingKind, Findings
from tasks import messages
from tasks.cores import run_all
from tasks.messages import LOOK_AGAIN_AFTER_S
from tasks.services import TaskServices

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
