"""Deletes the stale entries after an unfollow or a deletion. Reads skip them even before that."""

from tasks import messages
from tasks.media import drop_media_of
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices

CLEAN_BATCH = 1_000  # entries, in one transaction


@task("feed.forget")
async def remove_author_entries(services: TaskServices, reader: int, author: int, after: int = -1) -> list[Message]:
    """Delete one batch of an unfollowed author's entries, unless the reader follows again. The next message continues.

    Web processes of older versions do not send `after`.
    """
    until = await services.maintenance.cleaning.remove_author_entries(reader, author, after=after, limit=CLEAN_BATCH)
    return [] if until is None else [messages.remove_author_entries(reader, author, after=until)]


@task("feed.remove_post")
async def remove_post_entries(services: TaskServices, post: int, author: int, after: int) -> list[Message]:
    """Delete a deleted post's entries from one batch of feeds. The next message continues after its last reader.

    The first message deletes the post's pictures, too. It has no task of its own, since workers of the version before
    do not know it.
    """
    if after < 0:
        await drop_media_of(services, post)
    readers = await services.storage.feed.edges.find_pushed(author, after=after, limit=CLEAN_BATCH)
    await services.maintenance.cleaning.remove_post_entries(post, readers)
    return [messages.remove_post_entries(post, author, after=readers[-1])] if len(readers) == CLEAN_BATCH else []
