"""Converts uploaded images to squares in a thread, off the event loop. The files are untrusted."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from math import prod

import structlog
from PIL import Image, ImageOps

from domain.images import MAX_PIXELS, SIZES, TOO_MANY_PIXELS, UNREADABLE, bad_image
from threads.colours import WITH_OPACITY, profile_of, to_srgb

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")  # detected by content; the file name and type are ignored
PARALLEL_IMAGES = 1  # the worst image takes some 400 MB and a second of CPU
START_OF_SCAN = b"\xff\xda"
MAX_SCANS = 50  # of a JPEG; for each scan of a few bytes, the decoder processes all pixels again
QUALITY = 82

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # a frame may be larger than the header says

log = structlog.get_logger()


class ImageConverter:
    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(PARALLEL_IMAGES, thread_name_prefix="image")

    async def render(self, content: bytes) -> dict[int, bytes]:
        """Return the middle of the image as square WebP files, keyed by size in pixels.

        Raises:
            InvalidInput: The image cannot be decoded or has too many pixels.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, _render, content)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _render(content: bytes) -> dict[int, bytes]:
    try:
        square = _square(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise bad_image(TOO_MANY_PIXELS) from None
    except Exception as error:  # a broken file can raise anything
        log.info("image.unreadable", error=type(error).__name__)
        raise bad_image(UNREADABLE) from None
    return {size: _encode(square, size) for size in SIZES}


def _square(content: bytes) -> Image.Image:
    """Return the first frame at the largest size, upright and without metadata.

    Raises:
        DecompressionBombError: The image has too many pixels.
        ValueError: The JPEG has too many scans.
    """
    largest = (SIZES[-1], SIZES[-1])
    with Image.open(BytesIO(content), formats=FORMATS) as image:
        if prod(image.size) > MAX_PIXELS:
            raise Image.DecompressionBombError
        if content.count(START_OF_SCAN) > MAX_SCANS and image.format in ("JPEG", "MPO"):
            raise ValueError("too many scans")
        image.draft("RGB", (2 * largest[0], 2 * largest[1]))  # a large JPEG is decoded at a fraction of its size
        profile = profile_of(image)
        whole = _in_colour(image, profile.mode if profile else "RGB")
        square = whole.resize(largest, Image.Resampling.LANCZOS, box=_middle(image), reducing_gap=3)
    square = to_srgb(square, profile)
    with suppress(Exception):  # EXIF data of cameras may be malformed
        ImageOps.exif_transpose(square, in_place=True)
    square.info.clear()
    return square


def _in_colour(image: Image.Image, mode: str) -> Image.Image:
    """Return the image in the mode, with eight bits for each channel and for opacity if any."""
    if image.mode.startswith("I;16"):
        image.info.pop("transparency", None)
        return image.point(lambda level: level * (1 / 256)).convert("L").convert(mode)
    if image.has_transparency_data:
        mode = WITH_OPACITY.get(mode, mode)
    return image if image.mode == mode else image.convert(mode)


def _middle(image: Image.Image) -> tuple[float, float, float, float]:
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) / 2, (height - side) / 2
    return left, top, left + side, top + side


def _encode(square: Image.Image, size: int) -> bytes:
    encoded = BytesIO()
    square.resize((size, size), Image.Resampling.LANCZOS).save(encoded, "WEBP", quality=QUALITY)
    return encoded.getvalue()
