"""Lists and ends the viewer's sessions."""

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from domain.announcements import SessionEnded
from domain.errors import SessionNotFound
from domain.records import Session
from resolvers.context import Context

Ended = TypeVar("Ended", bool, int)


@dataclass(frozen=True, slots=True)
class Sessions:
    items: Sequence[Session]
    current: Session | None


async def find_own(context: Context) -> Sessions:
    """Return the viewer's live sessions, the last used first.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.lookup)
    current = await context.services.storage.sessions.find_by_token(context.token or "")
    return Sessions(await context.services.storage.sessions.find_by_user(viewer), current)


async def end_current(context: Context) -> bool:
    """End the session of this request. Return whether it existed.

    Raises:
        RateLimited: A limit is reached.
    """
    if context.token is None or context.viewer is None:
        return False
    context.allow_here(context.services.rates.change)
    return await _publish_end(context, context.services.storage.sessions.end_by_token(context.token))


async def end_by_id(context: Context, session: int) -> None:
    """End one of the viewer's sessions.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        SessionNotFound: The viewer has no such session.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    if not await _publish_end(context, context.services.storage.sessions.end_by_id(viewer, session)):
        raise SessionNotFound


async def end_others(context: Context) -> int:
    """End all sessions of the viewer except that of this request. Return how many ended.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    others = context.services.storage.sessions.end_others(viewer, keep=context.token or "")
    return await _publish_end(context, others)


async def _publish_end(context: Context, ending: Coroutine[Any, Any, Ended]) -> Ended:
    """Await `ending` and publish SessionEnded if any session has ended. Return its result."""
    ended = SessionEnded(context.require_viewer())
    return await context.services.live.write_and_publish(ending, lambda any_ended: ended if any_ended else None)
