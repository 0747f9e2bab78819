"""Measures feeds that are ten times as large as the cache, by the size of their leaf pages.

    .venv/bin/python -m benchmarks.cold_feeds

Each contestant is a collection on one mongod. They take turns. The operating system keeps the files in memory, so a
disk would make large pages slower than they are here. It takes four minutes and 2 GB of disk.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient, WriteConcern
from pymongo.database import Database

from benchmarks.alternating import ratios
from benchmarks.report import machine
from domain.ids import MAX_ID
from launch.mongod import start_mongod
from storage.clustered import SMALL_PAGES, in_pages
from storage.feed.encoding import encode_entries
from storage.feed.entries import keys_between

CACHE_MB = 48
READERS, ENTRIES = 15_000, 300  # of each reader: 480 MB, if the cache could hold them
POSTS, FOLLOWERS = 10, 2_500  # of a round
PAGES_READ = 200  # of a round, each of 20 entries
BATCH = 10_000  # entries in one insert, while the feeds are filled
DEFAULT = "32 kB, blocks of 4 kB (default)"
PAGES = {
    DEFAULT: "leaf_page_max=32KB",
    "16 kB, blocks of 4 kB": "leaf_page_max=16KB",
    "8 kB, blocks of 512 B": SMALL_PAGES,
    "4 kB, blocks of 512 B": "leaf_page_max=4KB,allocation_size=512B",
}
COLUMNS = "| leaf pages | entries/s | times | read | written | from disk | to disk | page read first | again | file |"


@dataclass(frozen=True, slots=True)
class Round:
    """What a round has measured. Bytes are those of one entry that is written, or of one that is stored."""

    per_second: float  # entries, with the checkpoint after them
    read: float  # bytes into the cache
    written: float  # bytes from the cache
    from_disk: float  # compressed bytes, of the whole server
    to_disk: float
    first_s: float  # seconds of a page of 20 entries of a reader drawn at random
    again_s: float  # of the same page, right after that
    stored: float  # bytes of the file


class Feeds:
    """Feeds of the same readers in each of the collections."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._database = database
        self._random = random.Random(3)
        self._readers = sorted(self._random.getrandbits(62) for _ in range(READERS))
        self._posts = sorted(self._random.getrandbits(60) for _ in range(200_000))
        self._authors = [self._random.getrandbits(62) for _ in range(5_000)]
        self._newest = 2**60

    def fill(self, name: str, pages: str) -> None:
        """Write the feeds reader by reader, which is many times faster than post by post."""
        self._database.command({"create": name, **in_pages(pages)})
        feeds = self._database.get_collection(name, write_concern=WriteConcern(w=1, j=False))
        entries = encode_entries(
            (reader, post, self._authors[post % len(self._authors)])
            for reader in self._readers
            for post in sorted(self._random.sample(self._posts, ENTRIES))
        )
        while batch := list(islice(entries, BATCH)):
            feeds.insert_many(batch, ordered=False)
        self._database.client.admin.command("fsync")

    def measure(self, name: str) -> Round:
        feeds, before, began = self._database[name], self._bytes(name), perf_counter()
        for _ in range(POSTS):
            feeds.insert_many(list(self._entries_of_a_post()), ordered=False)
        self._database.client.admin.command("fsync")
        seconds, number = perf_counter() - began, POSTS * FOLLOWERS
        read, written, *disk = [(after - old) / number for after, old in zip(self._bytes(name), before, strict=True)]
        first, again = zip(*(self._read_twice(name) for _ in range(PAGES_READ)), strict=True)
        stats = self._database.command("collStats", name)
        size = stats["storageSize"] / stats["count"]
        return Round(number / seconds, read, written, disk[0], disk[1], median(first), median(again), size)

    def _entries_of_a_post(self) -> Iterator[RawBSONDocument]:
        self._newest += 1 + self._random.getrandbits(21)
        post, author = self._newest, self._random.choice(self._authors)
        return encode_entries(
            (reader, post, author) for reader in sorted(self._random.sample(self._readers, FOLLOWERS))
        )

    def _read_twice(self, name: str) -> tuple[float, float]:
        wanted = {"_id": keys_between(self._random.choice(self._readers), 0, MAX_ID)}
        taken = []
        for _ in range(2):
            began = perf_counter()
            list(self._database[name].find(wanted, {"_id": 1}).sort("_id", -1).limit(20).batch_size(20))
            taken.append(perf_counter() - began)
        return taken[0], taken[1]

    def _bytes(self, name: str) -> tuple[float, float, float, float]:
        """Return what was read and written since the start: of the cache, and of the disk."""
        cache = self._database.command("collStats", name)["wiredTiger"]["cache"]
        disk = self._database.client.admin.command("serverStatus")["wiredTiger"]["block-manager"]
        read, written = cache["bytes read into cache"], cache["bytes written from cache"]
        return read, written, disk["bytes read"], disk["bytes written"]


def measure(client: MongoClient[dict[str, Any]], rounds: int) -> dict[str, list[Round]]:
    limit = {"setParameter": 1, "wiredTigerEngineRuntimeConfig": f"cache_size={CACHE_MB}M"}
    client.admin.command(limit)  # the least that mongod's option takes is 256 MB
    feeds, measured = Feeds(client["cold"]), {name: list[Round]() for name in PAGES}
    for name, pages in PAGES.items():
        click.echo(f"filling feeds in pages of {name}", err=True)
        feeds.fill(name, pages)
    for number in range(-1, rounds):  # the first one warms up
        click.echo(f"round {number + 1} of {rounds}", err=True)
        for name in list(PAGES)[:: 1 if number % 2 else -1]:
            taken = feeds.measure(name)
            if number >= 0:
                measured[name].append(taken)
    return measured


def table(measured: Mapping[str, Sequence[Round]]) -> Iterator[str]:
    yield COLUMNS
    yield "|---" * (COLUMNS.count("|") - 1) + "|"
    for name, rounds in measured.items():
        *_, first, again, stored = each = [median(column) for column in zip(*map(astuple, rounds), strict=True)]
        faster = ratios([one.per_second for one in rounds], [one.per_second for one in measured[DEFAULT]])
        moved = " | ".join(f"{count:,.0f} B" for count in each[1:5])
        times = f"{1e6 * first:.0f} µs | {1e6 * again:.0f} µs"
        yield f"| {name} | {each[0]:,.0f} | {median(faster):.1f} | {moved} | {times} | {stored:.0f} B |"


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Rounds of each contestant.")
def main(rounds: int) -> None:
    """Print medians per entry, and how many times as many entries a second as with pages of the default size."""
    with TemporaryDirectory(prefix="tweeter-bench-") as directory:
        server = start_mongod(Path(directory), cache_gb=0.25)
        try:
            with MongoClient[dict[str, Any]](server.url, w="majority") as client:
                click.echo("\n".join(table(measure(client, rounds))))
        finally:
            server.kill()
    click.echo(f"\n{', '.join(f'{name} {value}' for name, value in machine().items())}")


if __name__ == "__main__":
    main()
