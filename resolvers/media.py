"""Uploads of pictures for posts."""

from domain.media import check_upload
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
