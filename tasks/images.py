"""Deletes images that no account shows: replaced ones, and those of requests that died before showing them."""

from datetime import UTC, datetime, timedelta

from storage.pictures.files import picture_of
from tasks import messages
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices

SWEEP_BATCH = 1_000  # files
SETTLED_AFTER = timedelta(days=1)  # far longer than a request takes from storing an image to showing it


@task("image.delete")
async def delete_image(services: TaskServices, image: str) -> list[Message]:
    """Delete a replaced image. No account will show it again."""
    await services.storage.images.delete_image(image)
    return []


@task("image.sweep", every_s=3600)
async def sweep_images(services: TaskServices, after: str = "") -> list[Message]:
    """Check one batch of files in the order of their names. The next message continues."""
    storage = services.storage
    files = await storage.images.list_files(after=after, until=datetime.now(UTC) - SETTLED_AFTER, limit=SWEEP_BATCH)
    images = {picture_of(file) for file in files}
    for image in images - await storage.users.images_among(images):
        await storage.images.delete_image(image)
    return [messages.sweep_images(after=files[-1])] if files else []
