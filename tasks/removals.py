"""Removes the traces of deleted posts: reposts, likes and bookmarks of them, pictures, and entries in feeds.

Reads skip all of these even before that.

A deletion sends messages that remove most of them at once. Some minutes later, a sweep removes the rest: what lost
messages have left, reposts that were stored during the deletion, and entries that were delivered during it.
"""

from tasks import messages
from tasks.cleaning import CLEAN_BATCH
from tasks.media import drop_media_of
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices

REPOSTS_BATCH = 1_000  # in one transaction
ACTS_BATCH = 1_000
SWEEP_LIMIT = 1_000  # removals


@task("post.remove_reposts")
async def remove_reposts(services: TaskServices, post: int) -> list[Message]:
    """Delete one batch of the reposts of a deleted post, and have their entries removed. The next message continues."""
    removed = await services.maintenance.repost_removal.remove_reposts(post, limit=REPOSTS_BATCH)
    sent = [messages.remove_post_entries(one.post, one.author) for one in removed]
    return [*sent, messages.remove_reposts(post)] if len(removed) == REPOSTS_BATCH else sent


@task("post.remove_acts")
async def remove_acts(services: TaskServices, post: int) -> list[Message]:
    """Delete one batch of the likes and bookmarks of a deleted post. The next message continues."""
    removed = await services.maintenance.act_removal.remove_acts(post, limit=ACTS_BATCH)
    return [messages.remove_acts(post)] if removed == ACTS_BATCH else []


@task("post.finish_removal")
async def finish_removal(services: TaskServices, post: int, author: int, after: int) -> list[Message]:
    """Remove one batch of what is left of a deleted post or repost. The next messages continue."""
    maintenance, storage = services.maintenance, services.storage
    if after < 0:
        await drop_media_of(services, post)
    removed = await maintenance.repost_removal.remove_reposts(post, limit=REPOSTS_BATCH)
    sent = [messages.finish_removal(one.post, one.author) for one in removed]
    if len(removed) == REPOSTS_BATCH:
        return [*sent, messages.finish_removal(post, author, after=after)]
    if await maintenance.act_removal.remove_acts(post, limit=ACTS_BATCH) == ACTS_BATCH:
        return [*sent, messages.finish_removal(post, author, after=after)]
    readers = await storage.feed.edges.find_pushed(author, after=after, limit=CLEAN_BATCH)
    await maintenance.cleaning.remove_post_entries(post, readers)
    if len(readers) == CLEAN_BATCH:
        return [*sent, messages.finish_removal(post, author, after=readers[-1])]
    await storage.removals.finish(post)
    return sent


@task("removals.sweep", every_s=30)
async def sweep_removals(services: TaskServices) -> list[Message]:
    """Finish the removals that are due. The next message continues, if there may be more."""
    due = await services.storage.removals.claim_due(limit=SWEEP_LIMIT)
    sent = [messages.finish_removal(one.post, one.author) for one in due]
    return [*sent, messages.sweep_removals()] if len(due) == SWEEP_LIMIT else sent
