"""Measures the processor time of a page of 20 events in feeds with reposts, replies and mutes.

    .venv/bin/python -m benchmarks.conversations

It reads pages through the storage, without GraphQL or HTTP, from a MongoDB of its own. Each figure is the processor
time of one page: of mongod, and of this process, which is mostly the driver. The worlds take turns, round by round.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

import click

from benchmarks.alternating import alternate
from benchmarks.processes import cpu_seconds
from domain.pages import PageRequest
from domain.relations import RelationKind
from launch import start_mongod
from storage import Storage, create_indexes, open_storage
from storage.mongo import Document
from storage.users import new_user

PAGE_SIZE = 20
PAGES = 100  # of a round
FOLLOWED = 200
STRANGER = 10**9  # and up: accounts that the reader does not follow
READER = 2 * 10**9
STEP = 1_000_000  # between the ids of two rows; all rows are within REPEAT_AFTER of each other
FIRST_ROW = 10**6 * STEP


@dataclass(frozen=True, slots=True)
class World:
    """A reader's feed. `rows` are delivered posts and reposts, the newest last; `others` are not delivered."""

    name: str
    followees: int
    rows: list[Document]
    others: list[Document]
    muted: int = 0  # how many of the followees, the first of them


def plain(number: int, *, followees: int = FOLLOWED) -> list[Document]:
    return [
        {"_id": FIRST_ROW + place * STEP, "author": place % followees, "text": f"The post number {place}."}
        for place in range(number)
    ]


def repost(post: Document, *, number: int, by: int) -> Document:
    return {"_id": number, "author": by, "repost_of": post["_id"], "original_author": post["author"]}


def worlds() -> Iterator[World]:
    yield World("plain posts", FOLLOWED, plain(400), [])
    by_strangers = [post | {"_id": post["_id"] - STEP // 2, "author": STRANGER} for post in plain(400)]
    half = [
        row if place % 2 else repost(by_strangers[place], number=row["_id"], by=row["author"])
        for place, row in enumerate(plain(400))
    ]
    yield World("half reposts", FOLLOWED, half, by_strangers)
    yield World("follows 2,000, mutes 100", 2_000, plain(4_000, followees=2_000), [], muted=100)
    yield World("follows 2,000, mutes all", 2_000, plain(4_000, followees=2_000), [], muted=2_000)
    replies = [row | {"author": 0, "reply_to": 1, "reply_to_author": STRANGER} for row in plain(10_400)[400:]]
    yield World("10,000 replies to strangers", FOLLOWED, plain(400) + replies, [])
    popular = by_strangers[0]
    by_followees = [repost(popular, number=FIRST_ROW + (400 + place) * STEP, by=place) for place in range(300)]
    yield World("300 followees repost one post", 300, plain(400, followees=300) + by_followees, [popular])
    for number, popular_rows in ((0, PAGE_SIZE), (10, PAGE_SIZE), (40, PAGE_SIZE), (20_000, 1)):
        posts = by_strangers[:PAGE_SIZE]
        earlier = [
            repost(post, number=FIRST_ROW + (400 + row) * STEP + place, by=STRANGER + 1 + place)
            for row, post in enumerate(posts[:popular_rows])
            for place in range(number)
        ]
        newest = [repost(post, number=FIRST_ROW + (1_000 + row) * STEP, by=row) for row, post in enumerate(posts)]
        name = f"20 reposts, {popular_rows} of them with {number:,} earlier ones"
        yield World(name, FOLLOWED, plain(400) + newest, posts + earlier)


async def store(storage: Storage, world: World, reader: int) -> None:
    mongo = storage.mongo
    account = new_user(reader, alias=f"reader{reader}", first_name="R", last_name="")
    await mongo.collection("users").insert_one(account | ({"has_relations": True} if world.muted else {}))
    edges = [{"_id": place, "follower": reader, "followee": place, "push_from": 0} for place in range(world.followees)]
    await mongo.collection("follows").insert_many(edges)
    rows = [*world.rows, *world.others]
    for place in range(0, len(rows), 10_000):
        await mongo.collection("posts").insert_many(rows[place : place + 10_000])
    await storage.feed.entries.insert_entries((reader, row["_id"], row["author"]) for row in world.rows)
    if world.muted:
        mutes = [
            {"_id": other, "reader": reader, "other": other, "kind": RelationKind.MUTE.value}
            for other in range(world.muted)
        ]
        await mongo.collection("relations").insert_many(mutes)


async def read_pages(storage: Storage, mongod: int, reader: int) -> tuple[float, float]:
    """Return the processor time of one page in ms: of mongod, and of this process."""
    before = cpu_seconds(mongod), process_time()
    for _ in range(PAGES):
        await storage.feed.page(reader, PageRequest(PAGE_SIZE))
    return (cpu_seconds(mongod) - before[0]) / PAGES * 1_000, (process_time() - before[1]) / PAGES * 1_000


async def measure(url: str, mongod: int, rounds: int) -> None:
    contestants: dict[str, Callable[[], Awaitable[tuple[float, float]]]] = {}
    opened = []
    for number, world in enumerate(worlds()):
        opening = open_storage(url, database=f"world{number}", driver="pymongo", session_ttl_days=1)
        storage = await opening.__aenter__()
        opened.append(opening)
        await create_indexes(storage.mongo)
        await store(storage, world, READER)
        contestants[world.name] = partial(read_pages, storage, mongod, READER)
    taken = await alternate(contestants, rounds=rounds, say=lambda text: click.echo(text[-20:], err=True))
    for name, each in taken.items():
        server, client = (median(times) for times in zip(*each, strict=True))
        click.echo(f"| {name} | {server:.2f} | {client:.2f} |")
    for opening in opened:
        await opening.__aexit__(None, None, None)


@click.command()
@click.option("--rounds", default=5, show_default=True, help="Rounds of each world, alternating.")
def main(rounds: int) -> None:
    """Print the medians: world, ms of mongod, ms of this process."""
    with tempfile.TemporaryDirectory() as directory:
        server = start_mongod(Path(directory))
        try:
            asyncio.run(measure(server.url, server.pid, rounds))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
