"""Changes the viewer's names, bio and image. An image is stored before its account shows it, and deleted afterwards."""

from domain.accounts import ProfileChange, check_change
from domain.records import User
from resolvers.context import Context
from tasks import messages


async def update_profile(context: Context, change: ProfileChange) -> User:
    """Change the viewer's names, bio or image. Return the changed account.

    Raises:
        Unauthenticated: The viewer is not signed in.
        InvalidInput: A field is refused.
        RateLimited: A limit is reached.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    changes: dict[str, str | None] = {**check_change(change)}
    if change.image is not None:
        await context.allow(context.services.rates.image)
        changes["image"] = await store_image(context, change.image)
    elif change.removes_image:
        changes["image"] = None
    changed = await context.services.storage.users.change_profile(viewer, changes)
    assert changed is not None, "a session outlived its account"
    before, after = changed
    if before.image != after.image:
        discard_image(context, before.image)
    return after


async def store_image(context: Context, content: bytes) -> str:
    """Convert and store the image. Return its name.

    Raises:
        InvalidInput: The image is refused.
    """
    return await context.services.storage.images.insert_image(await context.services.images.render(content))


def discard_image(context: Context, image: str | None) -> None:
    """Send a task that deletes an image, which no account shows. None does nothing."""
    if image is not None:
        context.services.send(messages.delete_image(image))
