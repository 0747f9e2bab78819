"""Converts pictures with a colour profile to sRGB, which pictures without a profile are assumed to have.

A profile is untrusted input. It is ignored if it is too large, broken, of another kind than the picture, or if it
contains a program (`mpet`, with any number of steps for each pixel). LittleCMS reads a colour table at most once for
each pixel of the square or each point of its own grid, so the size of the table does not matter.
"""

from dataclasses import dataclass, field
from io import BytesIO

import structlog
from PIL import Image, ImageCms

MAX_PROFILE_BYTES = 4 * 1024 * 1024  # profiles of printing presses have up to 3 MB
DEVICES = (b"scnr", b"mntr", b"prtr", b"spac")  # profile classes that describe one device or colour space
MODES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK"}
PROGRAM = b"mpet"
WITH_OPACITY = {"RGB": "RGBA", "L": "LA"}

_SRGB = ImageCms.createProfile("sRGB")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Profile:
    """A colour profile. `mode` is the Pillow mode of the pictures that it applies to, without opacity."""

    content: bytes = field(repr=False)
    mode: str


def profile_of(image: Image.Image) -> Profile | None:
    """Return the picture's own profile. None if it has none or the profile is ignored."""
    content = image.info.get("icc_profile")
    if not isinstance(content, bytes) or len(content) > MAX_PROFILE_BYTES or PROGRAM in content:
        return None
    mode = MODES.get(content[16:20]) if content[12:16] in DEVICES else None
    is_grey = image.mode in ("1", "L", "LA") or image.mode.startswith("I;16")
    shown = "L" if is_grey else "CMYK" if image.mode == "CMYK" else "RGB"
    if mode is None or (mode != shown and (shown, mode) != ("L", "RGB")):  # an RGB profile fits a grey picture, too
        return None
    return Profile(content, mode)


def to_srgb(image: Image.Image, profile: Profile | None) -> Image.Image:
    """Return the picture in sRGB, with its opacity if any. Without a usable profile, its colours stay unchanged."""
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
