"""Recounts followers and followees: a follow that died between its edge and its counts has left them off.

A follow in progress looks the same. So only what two looks, some seconds apart, find off by the same is corrected.
"""

from storage.counts import Off
from tasks import messages
from tasks.messages import Message
from tasks.resources import Resources

SWEEP_BATCH = 1_000  # accounts


async def sweep(resources: Resources, after: int = -1) -> list[Message]:
    """Look at one batch of accounts in the order of their ids; the next message goes on."""
    counts = resources.storage.counts
    accounts = await counts.accounts(after=after, limit=SWEEP_BATCH)
    off = await counts.find_off(accounts)
    sent = [messages.correct_counts([[user, *difference] for user, difference in off.items()])] if off else []
    return [*sent, messages.sweep_counts(after=accounts[-1])] if len(accounts) == SWEEP_BATCH else sent


async def correct(resources: Resources, seen: list[list[int]]) -> list[Message]:
    """Look again, and correct what is off by the same. `seen`: account, followers to add, followees to add."""
    counts = resources.storage.counts
    before = {user: Off(followers, followees) for user, followers, followees in seen}
    now = await counts.find_off(before)
    await counts.add({user: off for user, off in now.items() if off == before[user]})
    return []
