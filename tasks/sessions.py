"""Ends sessions beyond the limit of an account.

A login keeps the limit. Only accounts from before the limit was introduced can have more sessions.
"""

from tasks import messages
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices

SWEEP_BATCH = 10_000  # sessions


@task("session.sweep", every_s=3600)
async def sweep_sessions(services: TaskServices, after: int = -1) -> list[Message]:
    """Check one batch of sessions in the order of their accounts. The next message continues."""
    crowded, until = await services.storage.sessions.find_crowded(after=after, limit=SWEEP_BATCH)
    sent = [messages.end_oldest_sessions(user) for user in crowded]
    return sent if until is None else [*sent, messages.sweep_sessions(after=until)]


@task("session.end_oldest")
async def end_oldest_sessions(services: TaskServices, user: int) -> list[Message]:
    """End one batch of the account's least recently used sessions. The next message continues."""
    return [messages.end_oldest_sessions(user)] if await services.storage.sessions.end_oldest(user) else []
