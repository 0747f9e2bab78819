"""Deletes pictures that no post shows: those of deleted posts, and those that no post has taken within a day."""

from datetime import UTC, datetime, timedelta

import structlog

from domain.errors import PicturesUnavailable
from tasks import messages
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices

SWEEP_BATCH = 200  # pictures, or files
FREE_FOR = timedelta(days=1)  # within which a picture can be taken by a post
SETTLED_AFTER = timedelta(days=1)  # far longer than a request takes from storing the files to storing their document

log = structlog.get_logger()


async def drop_media_of(services: TaskServices, post: int) -> None:
    """Delete the pictures of a deleted post. If their store does not answer, the sweeps delete them later."""
    try:
        await services.storage.media.drop_of_post(post)
    except PicturesUnavailable as error:
        log.warning("media.store_away", reason=error.reason, post=post)


@task("media.sweep", every_s=3600)
async def sweep_media(services: TaskServices, after: int = -1) -> list[Message]:
    """Check one batch of pictures in the order of their ids. The next message continues."""
    storage = services.storage
    found = await storage.media.list_media(after=after, limit=SWEEP_BATCH)
    await storage.media.drop_unused(found, free_until=datetime.now(UTC) - FREE_FOR)
    return [messages.sweep_media(after=found[-1])] if len(found) == SWEEP_BATCH else []


@task("media.sweep_files", every_s=3600)
async def sweep_media_files(services: TaskServices, after: str = "") -> list[Message]:
    """Check one batch of files in the order of their names, for those without a picture. The next message continues.

    They are of requests that died before the document was stored, and of deletions that died after it was deleted.
    """
    storage = services.storage
    files = await storage.media.list_files(after=after, until=datetime.now(UTC) - SETTLED_AFTER, limit=SWEEP_BATCH)
    await storage.media.drop_unknown(files)
    return [messages.sweep_media_files(after=files[-1])] if files else []
