"""One's own sessions: seen, and ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import SessionNotFound
from domain.records import Session
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class Sessions:
    items: Sequence[Session]
    current: Session | None


async def find(context: Context) -> Sessions:
    """The live ones, the last used first. Errors: Unauthenticated."""
    viewer = context.require_viewer()
    current = await context.storage.sessions.find(context.token or "")
    return Sessions(await context.storage.sessions.of(viewer), current)


async def end_current(context: Context) -> bool:
    """Whether there was one to end."""
    return context.token is not None and await context.storage.sessions.end(context.token)


async def end(context: Context, session: int) -> None:
    """Errors: Unauthenticated; SessionNotFound for anything but a session of one's own."""
    if not await context.storage.sessions.end_one(context.require_viewer(), session):
        raise SessionNotFound


async def end_others(context: Context) -> int:
    """How many there were. Errors: Unauthenticated."""
    return await context.storage.sessions.end_others(context.require_viewer(), keep=context.token or "")
