"""Image files, valid and hostile."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

RED, BLUE = (200, 30, 40), (20, 60, 200)
ORIENTATION = 0x0112
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(
    format: str = "PNG",
    *,
    mode: str = "RGB",
    size: tuple[int, int] = (60, 60),
    colour: Any = RED,
    **options: Any,
) -> bytes:
    return saved(Image.new(mode, size, colour), format, **options)


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def corners(width: int = 80, height: int = 60) -> Image.Image:
    """Make a picture with four different corners, which show its orientation."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, 0, width // 2, height // 2))
    image.paste((20, 160, 60), (width // 2, 0, width, height // 2))
    image.paste((240, 200, 40), (0, height // 2, width // 2, height))
    return image


def is_near(colour: Any, other: Any) -> bool:
    return all(abs(one - another) <= 12 for one, another in zip(colour, other, strict=True))


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Make a PNG of a few bytes whose header claims an enormous size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def grown_gif() -> bytes:
    """Make a GIF whose header claims one pixel and whose first frame is enormous."""
    file = bytearray(picture("GIF", mode="P", size=(1, 1), colour=0))
    place = file.index(b",", 13)
    file[place + 5 : place + 9] = struct.pack("<HH", 60_000, 60_000)
    return bytes(file)


def enormous_webp() -> bytes:
    """Make an animated WebP with an enormous canvas."""
    frames = [Image.new("RGB", (4, 4), colour) for colour in (RED, BLUE)]
    file = bytearray(saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]))
    place = file.index(b"VP8X") + 8
    file[place + 4 : place + 10] = (16_000).to_bytes(3, "little") * 2
    return bytes(file)


def many_scans(number: int) -> bytes:
    """Make a progressive JPEG with very many scans."""
    file = saved(corners(), "JPEG", progressive=True)
    last = file.rindex(b"\xff\xda")
    return file[:last] + file[last:-2] * number + file[-2:]
