"""Removes the entries that an unfollow or a deletion has left behind. Reads skip them anyway."""

from tasks import messages
from tasks.messages import Message
from tasks.resources import Resources

CLEAN_BATCH = 1_000  # readers


async def forget(resources: Resources, reader: int, author: int) -> list[Message]:
    """Remove an unfollowed author's entries, unless the reader has followed again."""
    await resources.storage.cleaning.forget(reader, author)
    return []


async def remove_post(resources: Resources, post: int, author: int, after: int) -> list[Message]:
    """Remove a deleted post's entries from one batch of feeds; the next message goes on from its last reader."""
    readers = await resources.storage.edges.find_pushed(author, after=after, limit=CLEAN_BATCH)
    await resources.storage.cleaning.remove_post(post, readers)
    return [messages.remove_post(post, author, after=readers[-1])] if len(readers) == CLEAN_BATCH else []
