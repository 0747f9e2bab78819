"""Recounts followers and followees: a follow that died between its edge and its counts has left them off.

A follow in progress looks the same. So only what two looks, some seconds apart, find off by the same is corrected.
No command counts more than some SWEEP_EDGES: an account with more is counted in pieces, all as of one instant.
"""

from storage.maintenance.counts import CountDrift, Recount
from tasks import messages
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices

SWEEP_BATCH = 1_000  # accounts
SWEEP_EDGES = 1_000_000  # edges; to count so many takes a second or two


@task("counts.sweep", every_s=300)
async def sweep_counts(services: TaskServices, after: int = -1, most: int = 0) -> list[Message]:
    """Look at one batch of accounts in the order of their ids; the next message goes on.

    `most` accounts, if given: a batch that has more edges than its counts say is halved until it has not.
    """
    counts = services.maintenance.counts
    batch = await counts.next_batch(after=after, limit=most or SWEEP_BATCH, edges=SWEEP_EDGES)
    if not batch:
        return []
    off = await counts.find_drift_within(batch, edges=SWEEP_EDGES)
    if off is None and len(batch) > 1:
        return [messages.sweep_counts(after=after, most=len(batch) // 2)]
    rest = messages.sweep_counts(after=batch[-1])
    if off is None:
        return [messages.recount(batch[0], Recount()), rest]
    seen = [[user, *difference] for user, difference in off.items()]
    return [messages.correct_counts(seen), rest] if seen else [rest]


@task("counts.correct")
async def correct(services: TaskServices, seen: list[list[int]]) -> list[Message]:
    """Look again, and correct what is off by the same. `seen`: account, followers to add, followees to add."""
    counts = services.maintenance.counts
    before = {user: CountDrift(followers, followees) for user, followers, followees in seen}
    now = await counts.find_drift_within(before, edges=SWEEP_EDGES) or {}  # of too many edges by now: the next sweep
    await counts.add_drift({user: off for user, off in now.items() if off == before[user]})
    return []


@task("counts.recount")
async def recount(services: TaskServices, user: int, so_far: list[int], seen: list[int]) -> list[Message]:
    """Count one piece of a large account's edges; the next message goes on. `seen`: what the first look found off."""
    counts = services.maintenance.counts
    counted = await counts.count_piece(user, Recount(*so_far), limit=SWEEP_EDGES)
    if counted is None:
        return []
    if not counted.is_complete:
        return [messages.recount(user, counted, seen=seen)]
    off = await counts.drift_at(user, counted)
    if off is None or not any(off):
        return []
    if not seen:
        return [messages.recount(user, Recount(), seen=off)]
    if list(off) == seen:
        await counts.add_drift({user: off})
    return []
