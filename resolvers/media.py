"""Uploads of pictures for posts, and their descriptions."""

from domain.errors import FieldError, FieldErrorCode, InvalidInput
from domain.media import NOT_FREE, check_alt, check_upload
from domain.records import Media
from resolvers.context import Context


async def upload(context: Context, content: bytes, alt: str) -> Media:
    """Convert and store a picture, which one post of the viewer may take within a day.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        InvalidInput: The file or its description is refused.
        PicturesUnavailable: The store of pictures does not answer.
    """
    viewer = context.require_viewer()
    await context.allow(context.services.rates.media)
    alt = check_upload(content, alt)
    picture = await context.services.images.render_picture(content)
    return await context.services.storage.media.insert_media(
        viewer, picture.renditions, size=picture.size, alt=alt, placeholder=picture.placeholder
    )


async def describe(context: Context, number: int, alt: str) -> Media:
    """Change the description of one of the viewer's pictures that has no post yet.

    Raises:
        Unauthenticated: The viewer is not signed in.
        RateLimited: A limit is reached.
        InvalidInput: The description is refused, or the viewer has no such picture without a post.
    """
    viewer = context.require_viewer()
    context.allow_here(context.services.rates.change)
    described = await context.services.storage.media.describe(viewer, number, check_alt(alt))
    if described is None:
        raise InvalidInput([FieldError("mediaId", FieldErrorCode.NOT_FOUND, NOT_FREE)])
    return described
