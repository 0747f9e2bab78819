"""The pictures of the demo world, which this file draws: birds, candles and the sea."""

import random
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

from domain.records import Post
from tasks.services import TaskServices
from threads.images import ImageConverter

SIZE = (1_200, 800)
SQUARE = (900, 900)
PAPER, INK = (246, 240, 226), (44, 52, 58)


class Drawing(NamedTuple):
    alt: str
    draw: Callable[[], Image.Image]


def _bird(feathers: tuple[int, int, int], *, breast: tuple[int, int, int], legs: int = 90) -> Image.Image:
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    for x in (560, 640):
        pen.line((x, 540, x, 540 + legs), fill=INK, width=8)
    pen.polygon([(380, 430), (160, 330), (220, 500)], fill=feathers)
    pen.ellipse((340, 290, 800, 570), fill=feathers)
    pen.ellipse((560, 350, 800, 560), fill=breast)
    pen.ellipse((680, 190, 890, 400), fill=feathers)
    pen.polygon([(880, 270), (990, 300), (880, 330)], fill=(226, 150, 50))
    pen.ellipse((800, 250, 836, 286), fill=PAPER)
    pen.line((786, 240, 846, 258), fill=INK, width=9)  # annoyed
    pen.line((100, 540 + legs, 1_100, 540 + legs), fill=INK, width=6)
    return image


def _candles() -> Image.Image:
    image = Image.new("RGB", SQUARE, (24, 26, 44))
    pen = ImageDraw.Draw(image)
    dice = random.Random(0)
    for x in range(120, 800, 130):
        top = dice.randint(380, 560)
        pen.ellipse((x - 60, top - 170, x + 140, top + 30), fill=(70, 56, 58))
        pen.rectangle((x, top, x + 80, 800), fill=(232, 222, 198))
        pen.ellipse((x + 22, top - 92, x + 58, top - 8), fill=(250, 190, 80))
    return image


def _sea() -> Image.Image:
    image = Image.new("RGB", SIZE, (238, 178, 138))
    pen = ImageDraw.Draw(image)
    pen.ellipse((500, 240, 700, 440), fill=(252, 232, 190))
    for step in range(8):
        pen.rectangle((0, 380 + 55 * step, SIZE[0], SIZE[1]), fill=(60 - 4 * step, 120 - 8 * step, 150 - 9 * step))
    return image


SPARROW = Drawing(
    "A drawing of a small brown sparrow with a frown.", lambda: _bird((136, 98, 68), breast=(206, 184, 150))
)
HERON = Drawing(
    "A drawing of a grey heron on very long legs, also with a frown.",
    lambda: _bird((128, 142, 156), breast=(226, 228, 226), legs=220),
)
ROBIN = Drawing("A drawing of a robin with a red breast.", lambda: _bird((110, 92, 74), breast=(208, 84, 44)))
CANDLES = Drawing("Six candles of different heights burn in the dark.", _candles)
MORNING = Drawing("The sun rises over a calm, dark blue sea.", _sea)

PICTURES: dict[str, Sequence[Drawing]] = {
    "Day 1 of drawing one bird a day": [SPARROW],
    "Day 2: a heron": [HERON, SPARROW],
    "Day 4: a robin": [ROBIN, HERON, SPARROW],
    "Dark at four in the afternoon": [CANDLES],
    "Vinterbadning i morges": [MORNING],
}
"""What is shown, by the beginning of the post's text."""


async def ensure_pictures(services: TaskServices, posts: Sequence[Post]) -> None:
    """Draw the pictures of those posts that have none yet.

    Raises:
        PicturesUnavailable: The store of pictures does not answer.
    """
    converter = ImageConverter()
    try:
        for post in posts:
            drawings = next((shown for begin, shown in PICTURES.items() if post.text.startswith(begin)), [])
            if drawings and not post.media:
                stored = [await _store(services, converter, post.author, one) for one in drawings]
                await services.maintenance.pictures.give(post, stored)
    finally:
        converter.close()


async def _store(services: TaskServices, converter: ImageConverter, owner: int, drawing: Drawing) -> int:
    file = BytesIO()
    drawing.draw().save(file, "PNG")
    picture = await converter.render_picture(file.getvalue())
    media = await services.storage.media.insert_media(
        owner, picture.renditions, size=picture.size, alt=drawing.alt, placeholder=picture.placeholder
    )
    return media.id
