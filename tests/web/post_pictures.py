"""Real pictures in posts."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from domain.records import Post, User
from tests.pictures import saved
from tests.world import World
from threads.images import ImageConverter

COLOURS = [(200, 90, 40), (40, 110, 160), (60, 140, 80), (150, 70, 150)]


def drawing(number: int = 0, size: tuple[int, int] = (1_200, 800)) -> bytes:
    """Return a PNG with a circle, which shows how it is cropped."""
    image = Image.new("RGB", size, COLOURS[number % len(COLOURS)])
    draw = ImageDraw.Draw(image)
    across, down = size
    radius = min(size) // 3
    box = (across // 2 - radius, down // 2 - radius, across // 2 + radius, down // 2 + radius)
    draw.ellipse(box, fill=(240, 235, 220))
    return saved(image, "PNG")


async def post_pictures(
    world: World, author: User, alts: Sequence[str], *, text: str = "", size: tuple[int, int] = (1_200, 800)
) -> Post:
    """Post one picture for each description, as `uploadMedia` and `createPost` store them."""
    converter = ImageConverter()
    try:
        pictures = [await converter.render_picture(drawing(number, size)) for number in range(len(alts))]
    finally:
        converter.close()
    stored = [
        await world.storage.media.insert_media(
            author.id, one.renditions, size=one.size, alt=alt, placeholder=one.placeholder
        )
        for one, alt in zip(pictures, alts, strict=True)
    ]
    return await world.storage.posts.insert_post(author.id, text, media=[one.id for one in stored])
