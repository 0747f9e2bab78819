"""Compares two screenshots of a page."""

from io import BytesIO

from PIL import Image, ImageChops

FAINT = 64  # of 255; smaller differences come from antialiasing, which changes when a layer is redrawn
Box = tuple[float, float, float, float]  # left, top, right, bottom, in CSS pixels


def changed_outside(before: bytes, after: bytes, boxes: list[Box]) -> tuple[int, int, int, int] | None:
    """Return the bounds of the clearly different pixels outside of the boxes, or None if there are none."""
    pictures = [Image.open(BytesIO(picture)).convert("RGB") for picture in (before, after)]
    difference = ImageChops.difference(*pictures).point([255 * (level > FAINT) for level in range(256)] * 3)
    for left, top, right, bottom in boxes:
        difference.paste((0, 0, 0), (int(left), int(top), int(right) + 1, int(bottom) + 1))
    return difference.getbbox()
