"""Corrects the counts of followers and followees. A crash between storing an edge and its counts leaves them wrong.

A follow in progress looks the same. So each count is compared twice, some seconds apart, and corrected only if both
differences agree. No command counts more than about SWEEP_EDGES: an account with more is counted in pieces, all at one
instant.
"""

from storage.maintenance.counts import CountDrift, Recount
from tasks import messages
from tasks.messages import CountDriftRow, Message
from tasks.registry import task
from tasks.services import TaskServices

SWEEP_BATCH = 1_000  # accounts
SWEEP_EDGES = 1_000_000  # edges; counting them takes a second or two


@task("counts.sweep", every_s=300)
async def sweep_counts(services: TaskServices, after: int = -1, most: int = 0) -> list[Message]:
    """Compare one batch of accounts, in the order of their ids. The next message continues.

    `most` limits the batch if it is given. A batch with more edges than its stored counts say is halved and tried
    again.
    """
    counts = services.maintenance.counts
    batch = await counts.next_batch(after=after, limit=most or SWEEP_BATCH, edges=SWEEP_EDGES)
    if not batch:
        return []
    drift = await counts.find_drift_within(batch, edges=SWEEP_EDGES)
    if drift is None and len(batch) > 1:
        return [messages.sweep_counts(after=after, most=len(batch) // 2)]
    next_batch = messages.sweep_counts(after=batch[-1])
    if drift is None:
        return [messages.recount(batch[0], Recount()), next_batch]
    rows = [CountDriftRow(user, *difference) for user, difference in drift.items()]
    return [messages.correct_counts(rows), next_batch] if rows else [next_batch]


@task("counts.correct")
async def correct_counts(services: TaskServices, rows: list[list[int]]) -> list[Message]:
    """Compare the accounts again, and correct those whose difference is the same. `rows` are CountDriftRows."""
    counts = services.maintenance.counts
    seen = [CountDriftRow(*row) for row in rows]
    before = {row.user: CountDrift(row.followers, row.followees) for row in seen}
    now = await counts.find_drift_within(before, edges=SWEEP_EDGES) or {}  # None: too many edges by now
    await counts.add_drift({user: drift for user, drift in now.items() if drift == before[user]})
    return []


@task("counts.recount")
async def recount(services: TaskServices, user: int, so_far: list[int], seen: list[int]) -> list[Message]:
    """Count one piece of a large account's edges. The next message continues.

    `seen` is the CountDrift of the first count. It is empty during that count.
    """
    counts = services.maintenance.counts
    counted = await counts.count_piece(user, Recount(*so_far), limit=SWEEP_EDGES)
    if counted is None:
        return []
    if not counted.is_complete:
        return [messages.recount(user, counted, seen=seen)]
    drift = await counts.drift_at(user, counted)
    if drift is None or not any(drift):
        return []
    if not seen:
        return [messages.recount(user, Recount(), seen=drift)]
    if list(drift) == seen:
        await counts.add_drift({user: drift})
    return []
