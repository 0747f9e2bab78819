"""Accounts and posts that break careless pages: stacked marks, blank lines, bidirectional text, and long texts."""

from dataclasses import dataclass

from domain.records import Post, User
from tests.world import World

OVERRIDE = "\u202e"  # shows the following text from right to left
MARKS = "".join(chr(0x300 + number * 7 % 0x30) for number in range(40))
STACKED = "".join(letter + MARKS for letter in "Stack")
ARABIC = "مرحبا بكم في المدينة"
BLANK_LINES = "above" + "\n" * 139 + "below"
LINES = "\n".join(str(number) for number in range(70))
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine"


@dataclass(frozen=True, slots=True)
class Hostile:
    author: User
    posts: dict[str, Post]


async def make_hostile(world: World, alias: str) -> Hostile:
    """Make an account whose names and bio are as hostile as its posts. No rule of the server has seen them."""
    users = world.storage.users
    author = await users.insert_user(
        users.draw_id(), alias=alias, first_name=f"{OVERRIDE}live {STACKED}", last_name=LONG_NAME
    )
    assert author is not None
    await users.change_profile(author.id, {"bio": f"@{alias} {ARABIC}\n{STACKED} {'W' * 80}{BLANK_LINES}"})
    texts = {
        "stacked": f"first {STACKED}\nand {STACKED} @{alias} last",
        "blank lines": BLANK_LINES,
        "lines": LINES,
        "mention before Arabic": f"@{alias} {ARABIC}",
        "link before Arabic": f"https://example.org/a {ARABIC}",
        "override before a link": f"{OVERRIDE}see https://example.org/abc",
    }
    return Hostile(author, {name: await world.post(author, text) for name, text in texts.items()})
