"""A picture of a post is kept whole, upright, in sRGB and without metadata, or refused with a message for the user."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PIL import Image, ImageCms

from domain.errors import InvalidInput
from domain.images import MAX_PIXELS, TOO_MANY_PIXELS, UNREADABLE
from domain.media import MAX_PLACEHOLDER_BYTES, SIDES, sizes_of
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
from tests.profiles import rgb, rgb_in_srgb
from tests.threads.test_images import chunks
from threads.images import ImageConverter, Picture

FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]
LARGEST = SIDES[-1]


@pytest.fixture(scope="module")
def rendering() -> Iterator[ImageConverter]:
    rendering = ImageConverter()
    yield rendering
    rendering.close()


def checked(made: Picture) -> Picture:
    """Return the picture.

    Raises:
        AssertionError: Its files are not as it says.
    """
    assert list(made.renditions) == list(sizes_of(*made.size))
    for side, size in sizes_of(*made.size).items():
        file = opened(made.renditions[side])
        assert (file.format, file.size) == ("WEBP", size)
        assert chunks(made.renditions[side]) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
    assert 0 < len(made.placeholder) <= MAX_PLACEHOLDER_BYTES
    assert max(opened(made.placeholder).size) <= 24
    return made


async def largest(rendering: ImageConverter, content: bytes) -> Image.Image:
    made = checked(await rendering.render_picture(content))
    return opened(made.renditions[max(made.renditions)])


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("size", [(70, 60), (641, 30), (2_000, 1_000), (900, 1_800), (1, 1)], ids=str)
async def test_a_picture_is_kept_whole_in_every_size(
    rendering: ImageConverter, format: str, size: tuple[int, int]
) -> None:
    kept = await largest(rendering, picture(format, size=size))
    assert kept.size == max(sizes_of(*size).values())
    assert is_near(kept.convert("RGB").getpixel((kept.width - 1, kept.height - 1)), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_a_photo_is_rotated_by_its_exif_orientation(rendering: ImageConverter, orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    kept = await largest(rendering, saved(corners(2_000, 1_000), "JPEG", exif=exif, quality=95))
    assert kept.size == ((800, 1_600) if orientation >= 5 else (1_600, 800))
    # Where the corner that was at the top left is now.
    right, below = orientation in (2, 3, 6, 7), orientation in (3, 4, 7, 8)
    place = (kept.width - 40 if right else 40, kept.height - 40 if below else 40)
    assert is_near(kept.getpixel(place), BLUE)


async def test_colours_are_converted_to_srgb(rendering: ImageConverter) -> None:
    colour = (200, 70, 60)
    content = picture("JPEG", colour=colour, icc_profile=rgb("Display P3"), quality=95)
    expected = rgb_in_srgb("Display P3", colour)
    assert not is_near(expected, colour), "otherwise the test proves nothing"
    made = checked(await rendering.render_picture(content))
    for file in (*made.renditions.values(), made.placeholder):
        assert is_near(opened(file).convert("RGB").getpixel((3, 3)), expected)


async def test_opacity_is_kept_also_in_the_placeholder(rendering: ImageConverter) -> None:
    content = picture("PNG", mode="RGBA", size=(900, 300), colour=(*RED, 0))
    made = checked(await rendering.render_picture(content))
    for file in (*made.renditions.values(), made.placeholder):
        pixel = opened(file).convert("RGBA").getpixel((0, 0))
        assert isinstance(pixel, tuple)
        assert pixel[3] == 0


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
async def test_metadata_is_removed(rendering: ImageConverter, format: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = picture(format, exif=exif, icc_profile=profile, xmp=b"<x:xmpmeta>at home</x:xmpmeta>", comment=b"at home")
    assert b"at home" in content
    made = checked(await rendering.render_picture(content))
    for kept in (*made.renditions.values(), made.placeholder):
        assert b"at home" not in kept
        assert chunks(kept) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


async def test_the_first_frame_of_an_animation_is_kept(rendering: ImageConverter) -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in (RED, BLUE, BLUE)]
    for format in ("GIF", "WEBP", "PNG"):
        kept = await largest(rendering, saved(frames[0], format, save_all=True, append_images=frames[1:]))
        assert getattr(kept, "n_frames", 1) == 1
        assert is_near(kept.convert("RGB").getpixel((30, 30)), RED)


@pytest.mark.parametrize("size", [(900, 900), (LARGEST, 8), (8, LARGEST)], ids=str)
async def test_the_placeholder_of_noise_is_small(rendering: ImageConverter, size: tuple[int, int]) -> None:
    noise = Image.merge("RGBA", [Image.effect_noise(size, 255) for _ in range(4)])
    checked(await rendering.render_picture(saved(noise, "PNG")))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        *((content, UNREADABLE) for content in (b"", b"hello", SVG, b"GIF89a", picture("BMP"), picture("TIFF"))),
        (saved(Image.effect_noise((300, 300), 80), "JPEG")[:5_000], UNREADABLE),
        (many_scans(99), UNREADABLE),
        *((content, TOO_MANY_PIXELS) for content in (bomb(), grown_gif(), enormous_webp())),
    ],
    ids=range(11),
)
async def test_another_file_is_refused_by_the_name_of_its_field(
    rendering: ImageConverter, content: bytes, message: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await rendering.render_picture(content)
    assert [(problem.field, problem.message) for problem in refused.value.fields] == [("file", message)]


async def test_as_many_pixels_as_are_allowed_are_converted(rendering: ImageConverter) -> None:
    kept = await largest(rendering, picture(mode="1", size=(5_000, MAX_PIXELS // 5_000), colour=1))
    assert kept.size == (LARGEST, LARGEST)


@pytest.mark.filterwarnings("ignore")
@examples(max_examples=60)
@given(
    st.sampled_from([saved(corners(), format) for format in FORMATS]),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), min_size=1, max_size=5),
)
async def test_no_damaged_picture_causes_a_failure(
    rendering: ImageConverter, content: bytes, damages: list[tuple[int, bytes]]
) -> None:
    damaged = bytearray(content)
    for place, damage in damages:
        place %= len(content)
        damaged[place : place + len(damage)] = damage
    with suppress(InvalidInput):
        checked(await rendering.render_picture(bytes(damaged)))
