"""Converts uploaded images in a thread, off the event loop: to squares, or whole. The files are untrusted."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from math import prod

import structlog
from PIL import Image, ImageOps

from domain.errors import InvalidInput
from domain.images import MAX_PIXELS, SIZES, TOO_MANY_PIXELS, UNREADABLE, bad_image
from domain.media import MAX_PLACEHOLDER_BYTES, SIDES, sizes_of
from threads.colours import WITH_OPACITY, profile_of, to_srgb

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")  # detected by content; the file name and type are ignored
PARALLEL_IMAGES = 1  # the worst image takes some 400 MB and a second of CPU
START_OF_SCAN = b"\xff\xda"
MAX_SCANS = 50  # of a JPEG; for each scan of a few bytes, the decoder processes all pixels again
QUALITY = 82
PLACEHOLDER_SIDES = (24, 16, 8, 1)  # pixels, the longer side: the first that is small enough as a file
PLACEHOLDER_QUALITY = 20

Part = Callable[[Image.Image], tuple[float, float, float, float]]

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # a frame may be larger than the header says

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Picture:
    """A converted picture of a post. `renditions` are WebP files by their longer side, as `domain.media` names them."""

    size: tuple[int, int]  # of the largest
    renditions: Mapping[int, bytes] = field(repr=False)
    placeholder: bytes = field(repr=False)


class ImageConverter:
    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(PARALLEL_IMAGES, thread_name_prefix="image")

    async def render(self, content: bytes) -> dict[int, bytes]:
        """Return the middle of the image as square WebP files, keyed by size in pixels.

        Raises:
            InvalidInput: The image cannot be decoded or has too many pixels.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, _render, content)

    async def render_picture(self, content: bytes) -> Picture:
        """Return the whole picture in the sizes of `domain.media`, and a placeholder.

        Raises:
            InvalidInput: The picture cannot be decoded or has too many pixels.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, _render_picture, content)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _render(content: bytes) -> dict[int, bytes]:
    with _refusing("image"):
        square = _upright(content, (SIZES[-1], SIZES[-1]), _middle)
    return {size: _encode(square, (size, size)) for size in SIZES}


def _render_picture(content: bytes) -> Picture:
    with _refusing("file"):
        largest = _upright(content, (SIDES[-1], SIDES[-1]), None)
    sizes = sizes_of(*largest.size)
    renditions = {side: _encode(largest, size) for side, size in sizes.items()}
    return Picture(largest.size, renditions, _placeholder(largest))


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Translate the errors of decoding an untrusted file, for the field of that name.

    Raises:
        InvalidInput: The image cannot be decoded or has too many pixels.
    """
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InvalidInput([bad_image(TOO_MANY_PIXELS, field=name)]) from None
    except Exception as error:  # a broken file can raise anything
        log.info("image.unreadable", error=type(error).__name__)
        raise InvalidInput([bad_image(UNREADABLE, field=name)]) from None


def _upright(content: bytes, largest: tuple[int, int], part: Part | None) -> Image.Image:
    """Return a part of the first frame at the largest size, upright and without metadata.

    Without a part, it is the whole frame, as large as fits into that size. It is not enlarged.

    Raises:
        DecompressionBombError: The image has too many pixels.
        ValueError: The JPEG has too many scans.
    """
    with Image.open(BytesIO(content), formats=FORMATS) as image:
        if prod(image.size) > MAX_PIXELS:
            raise Image.DecompressionBombError
        if content.count(START_OF_SCAN) > MAX_SCANS and image.format in ("JPEG", "MPO"):
            raise ValueError("too many scans")
        image.draft("RGB", (2 * largest[0], 2 * largest[1]))  # a large JPEG is decoded at a fraction of its size
        profile = profile_of(image)
        whole = _in_colour(image, profile.mode if profile else "RGB")
        size = largest if part else sizes_of(*image.size)[max(sizes_of(*image.size))]
        box = part(image) if part else None
        shown = whole.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3)
    shown = to_srgb(shown, profile)
    with suppress(Exception):  # EXIF data of cameras may be malformed
        ImageOps.exif_transpose(shown, in_place=True)
    shown.info.clear()
    return shown


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


def _encode(image: Image.Image, size: tuple[int, int], *, quality: int = QUALITY) -> bytes:
    encoded = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3).save(encoded, "WEBP", quality=quality)
    return encoded.getvalue()


def _placeholder(image: Image.Image) -> bytes:
    """Return a tiny WebP file of at most MAX_PLACEHOLDER_BYTES, to be drawn blurred at the picture's size."""
    for side in PLACEHOLDER_SIDES:
        scale = side / max(image.size)
        across, down = (max(1, round(length * scale)) for length in image.size)
        tiny = _encode(image, (across, down), quality=PLACEHOLDER_QUALITY)
        if len(tiny) <= MAX_PLACEHOLDER_BYTES:
            return tiny
    return b""
