"""Texts whose tags and words are known, and plain recomputation of what finds them."""

import random
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import Page, Post
from storage import Storage
from tests.waiting import bounded

ReadPage = Callable[[PageRequest], Awaitable[Page[Post]]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: the tags in it, and the words by which it is found."""

    tags: frozenset[str]
    words: frozenset[str]


def part(words: str, tags: str = "") -> Part:
    return Part(frozenset(tags.split()), frozenset(words.split()))


# Written between spaces, each part is cut by itself.
PARTS: Mapping[str, Part] = {
    "#Go": part("go", "go"),
    "(#gO)": part("go", "go"),
    "#rust_lang!": part("rust lang", "rust_lang"),
    "Rust": part("rust"),
    "#Café": part("cafe", "café"),
    "CAFE\u0301": part("cafe"),
    "the": part("the"),
    "The.": part("the"),
    "猫と犬": part("猫と と犬 猫 犬"),
    "犬": part("犬"),
    "#日本語": part("日本 本語 日 本 語", "日本語"),
    "@ann": part("ann"),
    "https://a.example.org/path": part("a example org"),
    "don’t": part("dont"),
    "a#go": part("a go"),
    "🎉": part(""),
}
QUERIES: Mapping[str, frozenset[str]] = {
    "go": frozenset({"go"}),
    "The": frozenset({"the"}),
    "GO the": frozenset({"go", "the"}),
    "#RUST the cafe": frozenset({"rust", "the", "cafe"}),
    "café": frozenset({"cafe"}),
    "犬": frozenset({"犬"}),
    "猫と犬 the": frozenset({"猫と", "と犬", "the"}),
    "日本語": frozenset({"日本", "本語"}),
    "example.org": frozenset({"example", "org"}),
    "http://example.org/other don't": frozenset({"example", "org", "dont"}),
    "never": frozenset({"never"}),
    "the never": frozenset({"the", "never"}),
}
TAGS: Mapping[tuple[str, ...], frozenset[str]] = {
    ("go",): frozenset({"go"}),
    ("#GO",): frozenset({"go"}),
    ("Go", "日本語"): frozenset({"go", "日本語"}),
    ("cafe\u0301", "rust_lang", "ｇｏ"): frozenset({"café", "rust_lang", "go"}),
    ("cafe",): frozenset({"cafe"}),
}


def some_text(rng: random.Random) -> str:
    return " ".join(rng.choices(list(PARTS), k=rng.randint(1, 6)))


async def live_posts(storage: Storage, *, without: Collection[int] = ()) -> list[tuple[int, list[Part]]]:
    """Return every post, newest first, but for those of some authors, with its parts. Reads texts alone."""
    posts = storage.mongo.collection("posts").find({"text": {"$exists": True}}, {"author": 1, "text": 1})
    rows = [post async for post in posts.sort("_id", -1)]
    return [
        (row["_id"], [PARTS[each] for each in row["text"].split(" ")]) for row in rows if row["author"] not in without
    ]


def tagged(posts: list[tuple[int, list[Part]]], tags: frozenset[str]) -> list[int]:
    return [number for number, parts in posts if any(part.tags & tags for part in parts)]


def having(posts: list[tuple[int, list[Part]]], words: frozenset[str]) -> list[int]:
    return [number for number, parts in posts if words <= frozenset().union(*(part.words for part in parts))]


class Pages:
    """Reads a list page by page, like a client that is told by `has_next` and `end` how it goes on."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.short = 0  # pages that were shorter than asked for, although the list went on

    async def read(self, read: ReadPage) -> list[int]:
        posts: list[int] = []
        before = MAX_ID + 1
        for _ in bounded():
            page: Page[Post] = await read(PageRequest(self.size, before))
            assert len(page.items) <= self.size
            posts += [post.id for post in page.items]
            if not page.has_next:
                break
            end = page.items[-1].id if page.end is None else page.end
            assert end < before, "each page goes on below the one before"
            before, self.short = end, self.short + (len(page.items) < self.size)
        return posts
