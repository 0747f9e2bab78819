"""A picture with a colour profile keeps its colours. No profile does any harm."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PIL import Image

from domain.errors import InvalidInput
from tests.pictures import RED, is_near, picture, saved
from tests.profiles import cmyk, gamma, grey, grey_in_srgb, inks_in_srgb, profile, rgb, rgb_in_srgb
from tests.threads.test_images import chunks, largest, rendering
from threads import colours
from threads.images import ImageConverter

__all__ = ["rendering"]  # a fixture

COLOUR = (200, 70, 60)
PROFILES = ["Display P3", "Adobe RGB"]


async def seen(rendering: ImageConverter, content: bytes) -> Any:
    return (await largest(rendering, content)).getpixel((200, 200))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("name", PROFILES)
async def test_colours_are_converted(rendering: ImageConverter, name: str, format: str) -> None:
    content = picture(format, colour=COLOUR, icc_profile=rgb(name), quality=95)
    expected = rgb_in_srgb(name, COLOUR)
    assert not is_near(expected, COLOUR), "otherwise the test proves nothing"
    assert is_near(await seen(rendering, content), expected)


@pytest.mark.parametrize("name", PROFILES)
@pytest.mark.parametrize("mode", ["RGBA", "P"])
async def test_transparency_is_kept(rendering: ImageConverter, mode: str, name: str) -> None:
    image = Image.new("RGBA", (60, 60), (*COLOUR, 128))
    content = saved(image, "PNG", icc_profile=rgb(name))
    if mode == "P":
        image = image.convert("RGB").quantize(2)
        content = saved(image, "PNG", icc_profile=rgb(name), transparency=bytes([128]))
    assert is_near(await seen(rendering, content), (*rgb_in_srgb(name, COLOUR), 128))


@pytest.mark.parametrize(("mode", "level"), [("L", 90), ("I;16", 90 * 256), ("LA", (90, 255))])
async def test_grey_is_converted(rendering: ImageConverter, mode: str, level: Any) -> None:
    content = picture("PNG", mode=mode, colour=level, icc_profile=grey(1.0))
    assert is_near((await seen(rendering, content))[:3], grey_in_srgb(1.0, 90))
    assert not is_near(grey_in_srgb(1.0, 90), (90, 90, 90))


async def test_a_grey_image_may_have_an_rgb_profile(rendering: ImageConverter) -> None:
    content = picture("JPEG", mode="L", colour=90, icc_profile=rgb("Display P3", curve=gamma(1.0)))
    assert is_near(await seen(rendering, content), grey_in_srgb(1.0, 90))


@pytest.mark.parametrize("amounts", [(0, 0, 0, 0), (0, 1, 1, 0), (1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)])
@pytest.mark.parametrize("points", [2, 9])
async def test_cmyk_is_converted_by_its_profile(
    rendering: ImageConverter, amounts: tuple[int, ...], points: int
) -> None:
    colour = tuple(255 * amount for amount in amounts)
    content = picture("JPEG", mode="CMYK", colour=colour, icc_profile=cmyk(points), quality=95)
    assert is_near(await seen(rendering, content), inks_in_srgb(*amounts))


BROKEN = {
    "empty": b"",
    "nonsense": b"nonsense" * 100,
    "half of one": rgb("Display P3")[:300],
    "a header alone": rgb("Display P3")[:128],
    "of inks": cmyk(),
    "of a link": profile(b"RGB ", {}, device=b"link"),
    "without curves": profile(b"RGB ", {}),
    "a program": rgb("Display P3") + b"mpet",
    "enormous": rgb("Display P3").ljust(colours.MAX_PROFILE_BYTES + 1, b"\0"),
    "grey for colours": grey(1.0),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_profile_that_cannot_be_used_is_ignored(rendering: ImageConverter, name: str) -> None:
    with_it = picture("JPEG", icc_profile=BROKEN[name], quality=95)
    assert await rendering.render(with_it) == await rendering.render(picture("JPEG", quality=95))


@pytest.mark.parametrize("mode", ["L", "CMYK"])
async def test_a_profile_of_another_kind_of_picture_is_ignored(rendering: ImageConverter, mode: str) -> None:
    plain = picture("JPEG", mode=mode, colour=90 if mode == "L" else (0, 255, 255, 0))
    wrong = cmyk() if mode == "L" else rgb("Display P3")
    other = picture("JPEG", mode=mode, colour=90 if mode == "L" else (0, 255, 255, 0), icc_profile=wrong)
    assert await rendering.render(other) == await rendering.render(plain)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
async def test_profiles_are_not_stored(rendering: ImageConverter, format: str) -> None:
    for kept in (await rendering.render(picture(format, icc_profile=rgb("Display P3")))).values():
        assert chunks(kept) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


@pytest.mark.filterwarnings("ignore")
@examples(max_examples=100)
@given(
    st.sampled_from([("RGB", RED, rgb("Adobe RGB")), ("L", 90, grey(1.8)), ("CMYK", (9, 90, 9, 0), cmyk())]),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=8)), min_size=1, max_size=5),
)
async def test_no_damaged_profile_causes_a_failure(
    rendering: ImageConverter, given: tuple[str, Any, bytes], damages: list[tuple[int, bytes]]
) -> None:
    mode, colour, content = given
    damaged = bytearray(content)
    for place, damage in damages:
        place %= len(content)
        damaged[place : place + len(damage)] = damage
    with suppress(InvalidInput):
        image = await largest(rendering, picture("JPEG", mode=mode, colour=colour, icc_profile=bytes(damaged)))
        assert image.mode == "RGB"
