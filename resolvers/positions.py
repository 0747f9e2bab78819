"""How far the viewer has read their feed, on any device."""

from resolvers.context import Context


async def feed_position(context: Context) -> int | None:
    """Return the id of the event up to which the viewer has read. None if no device has said so.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.lookup)
    return await context.services.storage.readers.feed_position(viewer)


async def mark_feed_read(context: Context, event: int) -> int:
    """Note that the viewer has read up to the event. Return the position, which goes forward only.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    return await context.services.storage.readers.raise_feed_position(viewer, event)
