"""Reads notifications, notes up to where they were read, and signals that they may have changed."""

from collections.abc import AsyncGenerator

from domain.notifications import NotificationPage, NotificationRequest
from resolvers.context import Context


async def page(context: Context, request: NotificationRequest) -> NotificationPage:
    """Return a page of the viewer's notifications, the newest first.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.read)
    return await context.services.storage.notifications.page(viewer, request)


async def count_unread(context: Context) -> int:
    """Return how many notifications the viewer has not read, up to MAX_UNREAD.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.read)
    return await context.services.storage.notifications.count_unread(viewer)


async def mark_read(context: Context, marker: int) -> int:
    """Note that the viewer has read up to the marker of a page. Return the unread count after that.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    notifications = context.services.storage.notifications
    marking = notifications.mark_read(viewer, marker)
    await context.services.live.write_and_publish(marking, lambda _: None, notifies=lambda _: (viewer,))
    return await notifications.count_unread(viewer)


def unread_counts(context: Context) -> AsyncGenerator[int, None]:
    """Yield the unread count now, and whenever it may have changed, at most once a second.

    The iterator raises Unauthenticated after the end of the session, and Interrupted if changes may have been missed.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer, token = context.require_session()
    context.allow_here(context.services.rates.read)
    return context.services.live.unread_counts(viewer=viewer, token=token)
