"""Monograms: the avatar of an account without an image, its initials on a coloured pattern.

A monogram is drawn from its URL alone. So another drawing always has another URL.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from domain.records import User

EDITION = 1  # raise it with every change to the drawing, because clients cache the old URLs for ever
SEEDS = 16**3
MAX_SCANNED = 32  # characters of a name

# The two ends of each gradient. White text is readable on both.
COLOURS = (
    ("#4338ca", "#7e22ce"),
    ("#1d4ed8", "#4338ca"),
    ("#0369a1", "#1e40af"),
    ("#0f766e", "#075985"),
    ("#15803d", "#115e59"),
    ("#4d7c0f", "#166534"),
    ("#a16207", "#3f6212"),
    ("#b45309", "#9a3412"),
    ("#c2410c", "#be123c"),
    ("#b91c1c", "#9d174d"),
    ("#be185d", "#7e22ce"),
    ("#475569", "#1e3a8a"),
)

_NAME = re.compile(r"(?P<seed>[0-9a-f]{3})-(?P<letters>.{0,2})")


@dataclass(frozen=True, slots=True)
class Monogram:
    seed: int
    letters: str  # two at most

    @classmethod
    def of_user(cls, user: User) -> "Monogram":
        letters = _initial(user.first_name) + _initial(user.last_name)
        return cls(user.id % SEEDS, letters or _initial(user.alias))

    @classmethod
    def from_address(cls, edition: str, name: str) -> "Monogram | None":
        """Return the monogram of a URL. None if no account can have that URL."""
        found = _NAME.fullmatch(name)
        if edition != str(EDITION) or not found or not all(letter.isalnum() for letter in found["letters"]):
            return None
        return cls(int(found["seed"], 16), found["letters"])

    @property
    def address(self) -> str:
        letters = self.letters if self.letters.isascii() else quote(self.letters)
        return f"/media/monograms/{EDITION}/{self.seed:03x}-{letters}.svg"

    def draw(self) -> str:
        """Return the SVG document. It has neither styles nor scripts."""
        turn, colour = divmod(self.seed, len(COLOURS))
        first, last = COLOURS[colour]
        degrees = turn * 360 * len(COLOURS) // SEEDS
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="400" height="400">'
            f'<linearGradient id="g" gradientTransform="rotate({degrees} .5 .5)">'
            f'<stop stop-color="{first}"/><stop offset="1" stop-color="{last}"/></linearGradient>'
            '<path fill="url(#g)" d="M0 0h100v100H0z"/>'
            f'<g fill="#fff" fill-opacity=".1" transform="rotate({degrees} 50 50)">'
            '<circle cx="88" cy="50" r="46"/><circle cx="8" cy="62" r="34"/></g>'
            '<text x="50" y="50" dy=".35em" fill="#fff" font-family="system-ui, sans-serif" font-size="34" '
            f'font-weight="600" text-anchor="middle">{escape(self.letters)}</text></svg>'
        )


def _initial(name: str) -> str:
    """Return the first letter or digit in upper case. Empty if the name has none."""
    if name[:2].isascii() and name[:1].isalnum():  # the common case, without normalisation
        return name[0].upper()
    composed = unicodedata.normalize("NFC", name[:MAX_SCANNED])
    found = next((character for character in composed if character.isalnum()), "")
    return found.upper() if len(found.upper()) == 1 else found
