"""URLs of an account's avatar: its image in several sizes, or its monogram if it has no image.

URLs are paths on this server. The content of a URL never changes: a changed avatar gets a new URL.
"""

from typing import NamedTuple

from domain.images import SIZES, address
from domain.monograms import Monogram
from domain.records import User

PLAIN_SIZE = 192  # pixels: 96 CSS pixels on a screen with two device pixels for each

_SRCSET = ", ".join(f"{address('{0}', size)} {size}w" for size in SIZES)


class Avatar(NamedTuple):
    url: str
    srcset: str  # value of the HTML attribute `srcset`

    @classmethod
    def of_user(cls, user: User) -> "Avatar":
        if user.image is not None:
            return cls(address(user.image, PLAIN_SIZE), _SRCSET.format(user.image))
        monogram = Monogram.of_user(user).address
        return cls(monogram, f"{monogram} {SIZES[-1]}w")
