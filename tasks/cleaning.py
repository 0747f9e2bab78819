"""Removes the entries that an unfollow or a deletion has left behind. Reads skip them anyway."""

from tasks import messages
from tasks.messages import Message
from tasks.resources import Resources

CLEAN_BATCH = 1_000  # entries, in one transaction


async def forget(resources: Resources, reader: int, author: int, after: int = -1) -> list[Message]:
    """Remove one batch of an unfollowed author's entries, unless the reader follows again; the next message goes on.

    An older version of the web process sends no `after`.
    """
    until = await resources.storage.cleaning.forget(reader, author, after=after, limit=CLEAN_BATCH)
    return [] if until is None else [messages.forget(reader, author, after=until)]


async def remove_post(resources: Resources, post: int, author: int, after: int) -> list[Message]:
    """Remove a deleted post's entries from one batch of feeds; the next message goes on from its last reader."""
    readers = await resources.storage.edges.find_pushed(author, after=after, limit=CLEAN_BATCH)
    await resources.storage.cleaning.remove_post(post, readers)
    return [messages.remove_post(post, author, after=readers[-1])] if len(readers) == CLEAN_BATCH else []
