"""One's own names and image. An image is stored before an account shows it, and deleted after."""

from domain.accounts import ProfileChange, check_change
from domain.records import User
from resolvers.context import Context
from tasks import messages


async def update_profile(context: Context, change: ProfileChange) -> User:
    """Errors: Unauthenticated, InvalidInput, RateLimited."""
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
    """The name of the stored image. Errors: InvalidInput."""
    return await context.services.storage.images.insert_image(await context.services.images.render(content))


def discard_image(context: Context, image: str | None) -> None:
    """Have an image deleted that no account shows."""
    if image is not None:
        context.services.send(messages.delete_image(image))
