"""Colour profiles: a picture's numbers, as the sRGB that everything without a profile is taken for.

A profile comes from a stranger, too. Those are ignored that are too large, describe no picture of this kind, are
broken, or hold a program (`mpet`, of any number of steps for each pixel). A table of colours is read at most once per
pixel of the square or per point of LittleCMS's own grid, whichever size it has.
"""

from dataclasses import dataclass, field
from io import BytesIO

import structlog
from PIL import Image, ImageCms

MAX_PROFILE_BYTES = 4 * 1024 * 1024  # those of printing presses have up to 3 MB
DEVICES = (b"scnr", b"mntr", b"prtr", b"spac")  # the classes of profiles that tell what one device's numbers mean
MODES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK"}
PROGRAM = b"mpet"
WITH_OPACITY = {"RGB": "RGBA", "L": "LA"}

_SRGB = ImageCms.createProfile("sRGB")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Profile:
    """`mode`: that of the pictures whose numbers it explains, without opacity."""

    content: bytes = field(repr=False)
    mode: str


def profile_of(image: Image.Image) -> Profile | None:
    """The picture's own profile, if it may be used."""
    content = image.info.get("icc_profile")
    if not isinstance(content, bytes) or len(content) > MAX_PROFILE_BYTES or PROGRAM in content:
        return None
    mode = MODES.get(content[16:20]) if content[12:16] in DEVICES else None
    is_grey = image.mode in ("1", "L", "LA") or image.mode.startswith("I;16")
    shown = "L" if is_grey else "CMYK" if image.mode == "CMYK" else "RGB"
    if mode is None or (mode != shown and (shown, mode) != ("L", "RGB")):  # grey is a colour, too
        return None
    return Profile(content, mode)


def to_srgb(image: Image.Image, profile: Profile | None) -> Image.Image:
    """The picture in RGB, with its opacity if it has any; without a profile or with a broken one, as it is."""
    opacity = image.getchannel("A") if image.mode in WITH_OPACITY.values() else None
    opaque = image.convert(profile.mode if profile else "RGB")
    if profile:
        opaque = _transformed(opaque, profile)
    if opacity:
        opaque.putalpha(opacity)
    opaque.info |= image.info
    return opaque


def _transformed(image: Image.Image, profile: Profile) -> Image.Image:
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(BytesIO(profile.content)),
            _SRGB,
            profile.mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return ImageCms.applyTransform(image, transform) or image.convert("RGB")
    except Exception as error:  # a broken profile can raise anything
        log.info("image.profile_ignored", error=type(error).__name__)
        return image.convert("RGB")
