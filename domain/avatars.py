"""Where the picture of an account is: its image in several sizes, or else its monogram.

Addresses are paths on the server that gave them, and each always shows the same: what changes gets another one.
"""

from typing import NamedTuple

from domain.images import SIZES, address
from domain.monograms import Monogram
from domain.records import User

PLAIN_SIZE = 192  # pixels: good for 96 of a page's on a dense screen

_SRCSET = ", ".join(f"{address('{0}', size)} {size}w" for size in SIZES)


class Avatar(NamedTuple):
    url: str
    srcset: str  # of an HTML image

    @classmethod
    def of_user(cls, user: User) -> "Avatar":
        if user.image is not None:
            return cls(address(user.image, PLAIN_SIZE), _SRCSET.format(user.image))
        monogram = Monogram.of_user(user).address
        return cls(monogram, f"{monogram} {SIZES[-1]}w")
