"""Every upload becomes squares of pixels or is refused with a message for the user."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from domain.errors import InvalidInput
from domain.images import MAX_PIXELS, SIZES, TOO_MANY_PIXELS, UNREADABLE
from tests.pictures import (
    BLUE,
    ORIENTATION,
    RED,
    SVG,
    bomb,
    corners,
    enormous_webp,
    grown_gif,
    is_near,
    many_scans,
    opened,
    picture,
    saved,
)
from threads import images
from threads.images import ImageConverter

FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]


@pytest.fixture(scope="module")
def rendering() -> Iterator[ImageConverter]:
    rendering = ImageConverter()
    yield rendering
    rendering.close()


async def largest(rendering: ImageConverter, content: bytes) -> Image.Image:
    return opened((await rendering.render(content))[SIZES[-1]])


async def problem(rendering: ImageConverter, content: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        await rendering.render(content)
    (error,) = refused.value.fields
    assert error.field == "image"
    return error.message


def chunks(webp: bytes) -> set[bytes]:
    names, place = set(), 12
    while place < len(webp):
        names.add(webp[place : place + 4])
        place += 8 + (int.from_bytes(webp[place + 4 : place + 8], "little") + 1) // 2 * 2
    return names


# -- accepted images ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
async def test_an_image_is_kept_in_every_size(rendering: ImageConverter, format: str) -> None:
    rendered = await rendering.render(picture(format, size=(70, 60)))
    assert set(rendered) == set(SIZES)
    for size, content in rendered.items():
        image = opened(content)
        assert (image.format, image.size) == ("WEBP", (size, size))
        assert is_near(image.convert("RGB").getpixel((size // 2, 1)), RED)


@pytest.mark.parametrize(
    ("format", "mode", "colour", "seen"),
    [
        ("PNG", "1", 1, (255, 255, 255)),
        ("PNG", "L", 90, (90, 90, 90)),
        ("PNG", "I;16", 40_000, (156, 156, 156)),
        ("PNG", "LA", (90, 255), (90, 90, 90, 255)),
        ("PNG", "RGBA", (*RED, 128), (*RED, 128)),
        ("JPEG", "L", 90, (90, 90, 90)),
        ("JPEG", "CMYK", (0, 255, 255, 0), (255, 0, 0)),
        ("WEBP", "RGBA", (*RED, 128), (*RED, 128)),
        ("GIF", "L", 90, (90, 90, 90)),
    ],
)
async def test_colours_are_kept_in_every_pixel_format(
    rendering: ImageConverter, format: str, mode: str, colour: object, seen: tuple[int, ...]
) -> None:
    image = await largest(rendering, picture(format, mode=mode, colour=colour))
    mode = "RGBA" if len(seen) == 4 and seen[3] < 255 else "RGB"
    assert image.mode == mode
    assert is_near(image.getpixel((200, 200)), seen[: len(mode)])


@pytest.mark.parametrize("format", ["PNG", "GIF"])
async def test_a_transparent_palette_colour_is_kept(rendering: ImageConverter, format: str) -> None:
    image = Image.new("P", (60, 60), 0)
    image.putpalette([*RED, *BLUE])
    image.paste(1, (0, 0, 30, 60))
    kept = await largest(rendering, saved(image, format, transparency=1))
    left, right = kept.getpixel((50, 200)), kept.getpixel((350, 200))
    assert isinstance(left, tuple)
    assert left[3] == 0
    assert is_near(right, (*RED, 255))


@pytest.mark.parametrize("mode", ["L", "I;16", "RGB"])
async def test_a_transparent_colour_without_a_palette_is_kept(rendering: ImageConverter, mode: str) -> None:
    """Pillow supports this transparency only for eight bits. For sixteen bits, the visible colours are kept."""
    transparency = RED if mode == "RGB" else 40_000 if mode == "I;16" else 90
    kept = await largest(rendering, picture("PNG", mode=mode, colour=transparency, transparency=transparency))
    seen = kept.getpixel((200, 200))
    assert isinstance(seen, tuple)
    if mode == "I;16":
        assert is_near(seen, (40_000 // 256,) * 3)
    else:
        assert seen[3] == 0


@pytest.mark.parametrize("size", [(300, 100), (100, 300)])
async def test_an_image_is_cropped_equally_on_both_sides(rendering: ImageConverter, size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, ((size[0] - 100) // 2, (size[1] - 100) // 2, (size[0] + 100) // 2, (size[1] + 100) // 2))
    kept = await largest(rendering, saved(image, "PNG"))
    assert all(is_near(kept.getpixel(place), BLUE) for place in [(20, 20), (200, 200), (380, 380)])


@pytest.mark.parametrize("size", [(1, 1), (1, 5_000), (5_000, 2), (401, 399)])
async def test_every_aspect_ratio_is_converted(rendering: ImageConverter, size: tuple[int, int]) -> None:
    assert (await largest(rendering, picture(size=size))).size == (400, 400)


@pytest.mark.parametrize("orientation", range(10))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
async def test_a_photo_is_rotated_by_its_exif_orientation(
    rendering: ImageConverter, orientation: int, format: str
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    content = saved(corners(), format, exif=exif, quality=95)
    upright = ImageOps.fit(ImageOps.exif_transpose(opened(content)).convert("RGB"), (400, 400))
    kept = await largest(rendering, content)
    for place in [(40, 40), (360, 40), (40, 360), (360, 360)]:
        assert is_near(kept.getpixel(place), upright.getpixel(place))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("exif", [b"Exif\0\0nonsense", b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"])
async def test_a_malformed_exif_orientation_is_ignored(rendering: ImageConverter, exif: bytes) -> None:
    assert is_near((await largest(rendering, picture("JPEG", exif=exif))).getpixel((5, 5)), RED)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
async def test_metadata_is_removed(rendering: ImageConverter, format: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = picture(format, exif=exif, icc_profile=profile, xmp=b"<x:xmpmeta>at home</x:xmpmeta>", comment=b"at home")
    assert b"at home" in content
    for kept in (await rendering.render(content)).values():
        assert chunks(kept) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
        assert b"at home" not in kept


async def test_html_hidden_in_an_image_is_removed(rendering: ImageConverter) -> None:
    script = b"<html><script>alert(1)</script>"
    content = picture("JPEG", comment=script) + script
    assert content.count(script) == 2
    assert all(b"<script" not in kept for kept in (await rendering.render(content)).values())


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
async def test_the_first_frame_of_an_animation_is_kept(rendering: ImageConverter, format: str) -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in (RED, BLUE, BLUE)]
    content = saved(frames[0], format, save_all=True, append_images=frames[1:])
    assert getattr(opened(content), "n_frames", 1) > 1
    kept = await largest(rendering, content)
    assert getattr(kept, "n_frames", 1) == 1
    assert is_near(kept.getpixel((200, 200)), RED)


# -- refused images ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 99, b"hello", b"<html></html>", SVG, b"\xef\xbb\xbf" + SVG, b"%PDF-1.7\n", b"GIF89a", b"\xff\xd8"],
    ids=repr,
)
async def test_a_file_that_is_no_image_is_refused(rendering: ImageConverter, content: bytes) -> None:
    assert await problem(rendering, content) == UNREADABLE


@pytest.mark.parametrize("format", ["BMP", "TIFF", "ICO", "PPM", "TGA", "PCX", "JPEG2000", "AVIF"])
async def test_other_image_formats_are_refused(rendering: ImageConverter, format: str) -> None:
    assert await problem(rendering, picture(format)) == UNREADABLE


@pytest.mark.parametrize("format", FORMATS)
async def test_a_truncated_image_is_refused(rendering: ImageConverter, format: str) -> None:
    content = saved(Image.effect_noise((300, 300), 80).convert("RGB"), format)
    assert await problem(rendering, content[: len(content) // 2]) == UNREADABLE


@pytest.mark.parametrize("content", [bomb(), grown_gif(), enormous_webp()], ids=["PNG", "GIF", "WebP"])
async def test_a_decompression_bomb_is_refused_before_decoding(rendering: ImageConverter, content: bytes) -> None:
    assert len(content) < 10_000
    assert await problem(rendering, content) == TOO_MANY_PIXELS


@pytest.mark.filterwarnings("default::PIL.Image.DecompressionBombWarning")
async def test_the_number_of_pixels_is_limited(rendering: ImageConverter) -> None:
    width = 5_000
    assert (await largest(rendering, picture(mode="1", size=(width, MAX_PIXELS // width), colour=1))).size == (400, 400)
    with pytest.warns(Image.DecompressionBombWarning):
        assert await problem(rendering, bomb(MAX_PIXELS + 1, 1)) == TOO_MANY_PIXELS


async def test_the_number_of_jpeg_scans_is_limited(rendering: ImageConverter) -> None:
    few, many = many_scans(images.MAX_SCANS // 2), many_scans(images.MAX_SCANS * 2)
    opened(many).load()  # its decoder accepts it
    await rendering.render(few)
    assert await problem(rendering, many) == UNREADABLE


@pytest.mark.filterwarnings("ignore")
@examples(max_examples=200)
@given(
    st.sampled_from([saved(corners(), format) for format in FORMATS]),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), min_size=1, max_size=5),
)
async def test_no_damaged_image_causes_a_failure(
    rendering: ImageConverter, content: bytes, damages: list[tuple[int, bytes]]
) -> None:
    damaged = bytearray(content)
    for place, damage in damages:
        place %= len(content)
        damaged[place : place + len(damage)] = damage
    with suppress(InvalidInput):
        assert opened((await rendering.render(bytes(damaged)))[48]).size == (48, 48)
