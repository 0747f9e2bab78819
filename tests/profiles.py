"""Colour profiles (ICC.1:2010), written byte by byte, and the sRGB values of their colours by the formulas."""

import struct
from collections.abc import Sequence
from itertools import product

Colour = tuple[float, ...]

SRGB_PARTS = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
SRGB_CURVE = b"para" + bytes(4) + struct.pack(">HH5i", 3, 0, *(round(part * 65536) for part in SRGB_PARTS))
PRIMARIES = {  # XYZ as adapted to D50
    "Display P3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    "Adobe RGB": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
}
FROM_XYZ = ((3.13406, -1.61703, -0.49061), (-0.97874, 1.91607, 0.03341), (0.07192, -0.22899, 1.40540))  # D50 to sRGB
WHITE = (0.9642, 1.0, 0.8249)


def gamma(exponent: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(exponent * 256))


def xyz(values: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def profile(space: bytes, tags: dict[bytes, bytes], *, device: bytes = b"mntr", pcs: bytes = b"XYZ ") -> bytes:
    tags = {b"desc": text("a test's"), b"cprt": text("none"), b"wtpt": xyz(WHITE)} | tags
    table, data = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += name + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    header = struct.pack(">I4sI4s4s4s", 128 + len(table + data), bytes(4), 0x04300000, device, space, pcs)
    header += bytes(12) + b"acsp" + bytes(28) + xyz(WHITE)[8:]
    return header.ljust(128, b"\0") + table + data


def text(said: str) -> bytes:
    encoded = said.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded


def rgb(name: str, curve: bytes | None = None) -> bytes:
    curve = curve or (gamma(2.19921875) if name == "Adobe RGB" else SRGB_CURVE)
    colorants = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(xyz, PRIMARIES[name]), strict=True))
    return profile(b"RGB ", colorants | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))


def grey(exponent: float) -> bytes:
    return profile(b"GRAY", {b"kTRC": gamma(exponent)})


def inks(cyan: float, magenta: float, yellow: float, black: float) -> Colour:
    """Return L, a and b of full inks printed on each other, roughly as on paper."""
    if black or (cyan and magenta and yellow):
        return 0, 0, 0
    red, green, blue = 1 - cyan, 1 - magenta, 1 - yellow
    return 30 + 23 * (red + green + blue), 60 * (red - green), 60 * ((red + green) / 2 - blue)


def cmyk(points: int = 2) -> bytes:
    """Return a lookup table with `points` points for each ink."""
    same = bytes(range(256))
    table = b""
    for amounts in product(range(points), repeat=4):
        lightness, a, b = inks(*(amount / (points - 1) > 0.5 for amount in amounts))
        table += bytes([round(lightness * 2.55), round(a) + 128, round(b) + 128])
    identity = b"".join(struct.pack(">i", 65536 * (place % 4 == 0)) for place in range(9))
    lut = b"mft1" + bytes(4) + bytes([4, 3, points, 0]) + identity + same * 4 + table + same * 3
    return profile(b"CMYK", {b"A2B0": lut, b"A2B1": lut}, device=b"prtr", pcs=b"Lab ")


def rgb_in_srgb(name: str, colour: Sequence[int]) -> Colour:
    """Return an eight-bit colour of the profile in eight-bit sRGB."""
    levels = [(level / 255) ** 2.19921875 if name == "Adobe RGB" else _linear(level / 255) for level in colour]
    return _encoded([sum(levels[one] * PRIMARIES[name][one][axis] for one in range(3)) for axis in range(3)])


def grey_in_srgb(exponent: float, level: int) -> Colour:
    light = (level / 255) ** exponent
    return _encoded([light * part for part in WHITE])


def inks_in_srgb(*amounts: int) -> Colour:
    lightness, a, b = inks(*amounts)
    y = (lightness + 16) / 116
    cubes = [y + a / 500, y, y - b / 200]
    return _encoded(
        [
            white * (cube**3 if cube > 6 / 29 else 3 * (6 / 29) ** 2 * (cube - 4 / 29))
            for white, cube in zip(WHITE, cubes, strict=True)
        ]
    )


def _linear(level: float) -> float:
    return float(level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4)


def _encoded(values: Sequence[float]) -> Colour:
    lights = [min(1, max(0, sum(part * value for part, value in zip(row, values, strict=True)))) for row in FROM_XYZ]
    return tuple(
        255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055) for light in lights
    )
