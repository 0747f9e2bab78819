"""What differs between two pictures of a page."""

from io import BytesIO

from PIL import Image, ImageChops

FAINT = 64  # of 255: less is another smoothing of an edge, which changes when a layer is drawn anew
Box = tuple[float, float, float, float]  # left, top, right, bottom, in CSS pixels


def changed_outside(before: bytes, after: bytes, boxes: list[Box]) -> tuple[int, int, int, int] | None:
    """Return the bounds of the pixels outside of the boxes that clearly differ, or None if no pixel does."""
    pictures = [Image.open(BytesIO(picture)).convert("RGB") for picture in (before, after)]
    difference = ImageChops.difference(*pictures).point([255 * (level > FAINT) for level in range(256)] * 3)
    for left, top, right, bottom in boxes:
        difference.paste((0, 0, 0), (int(left), int(top), int(right) + 1, int(bottom) + 1))
    return difference.getbbox()
