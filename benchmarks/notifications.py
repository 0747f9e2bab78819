"""Measures pages of notifications, for accounts with few and with very many likes and followers.

    .venv/bin/python -m benchmarks.notifications

It has a server of its own. The accounts take turns, round by round.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import click

from benchmarks.alternating import alternate
from benchmarks.processes import cpu_seconds
from benchmarks.report import machine
from benchmarks.stack import Stack, start_stack
from domain.ids import IDS_OF_DAY, IDS_OF_HOUR, first_id_of_day
from domain.notifications import NotificationRequest
from domain.relations import RelationKind
from launch.embedded import Say
from storage import Storage, create_indexes, open_storage
from storage.buckets import bucket_of
from storage.follows import new_edge
from storage.mongo import Document
from storage.post_documents import new_post
from storage.users import new_user

POSTS = 100
HOURS = 48
FANS = 10**9  # and up: the accounts that like, follow and mention
BATCH = 10_000  # documents of one write
PAGES = 20  # of a round
FIRST = 20
BARE = NotificationRequest(first=FIRST, wants_actors=False, wants_counts=False, wants_unread=False, wants_marker=False)
READS: dict[str, Callable[[Storage, int], Awaitable[object]]] = {
    "page": lambda storage, account: storage.notifications.page(account, NotificationRequest(first=FIRST)),
    "page without accounts and counts": lambda storage, account: storage.notifications.page(account, BARE),
    "unread count": lambda storage, account: storage.notifications.count_unread(account),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with a number of likes, half of them of one post within one hour; a tenth as many followers."""

    name: str
    number: int
    likes: int
    mutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one read costs, in ms."""

    mongod: float
    driver: float
    wall: float


def accounts(likes: int) -> list[Account]:
    return [
        Account(name="30 likes", number=1, likes=30),
        Account(name=f"{likes // 10:,} likes", number=2, likes=likes // 10),
        Account(name=f"{likes:,} likes", number=3, likes=likes),
        Account(name=f"{likes // 10:,} likes, 100 mutes", number=4, likes=likes // 10, mutes=100),
    ]


async def store(storage: Storage, account: Account, now: int) -> None:
    mongo = storage.mongo
    owner = new_user(account.number, alias=f"account{account.number}", first_name="A", last_name="")
    await mongo.collection("users").insert_one(owner | {"has_relations": account.mutes > 0})
    posts = [now - 40 * IDS_OF_DAY + account.number * POSTS + place for place in range(POSTS)]
    await insert(storage, "posts", (new_post(post, author=account.number, text="hello") for post in posts))
    await insert(storage, "acts", likes_of(account, posts, now))
    followers = account.likes // 10
    ids = (now - place * 30 * IDS_OF_DAY // max(followers, 1) - account.number for place in range(followers))
    edges = (
        new_edge(edge, follower=FANS + place, followee=account.number, push_from=0) for place, edge in enumerate(ids)
    )
    await insert(storage, "follows", edges)
    kind = RelationKind.MUTE.value
    mutes = (
        {"_id": storage.ids.draw(), "reader": account.number, "kind": kind, "other": FANS + 7 * place}
        for place in range(account.mutes)
    )
    await insert(storage, "relations", mutes)


def likes_of(account: Account, posts: list[int], now: int) -> Iterator[Document]:
    for place in range(account.likes):
        is_hot = place % 2 == 0
        post = posts[0] if is_hot else posts[place % POSTS]
        at = now - 1 - account.number * account.likes - place - (0 if is_hot else place % HOURS * IDS_OF_HOUR)
        like = {"_id": at, "kind": "like", "post": post, "user": FANS + place, "at": at, "author": account.number}
        yield like | {"bucket": bucket_of(at, post)}


async def insert(storage: Storage, collection: str, documents: Iterable[Document]) -> None:
    remaining = iter(documents)
    while some := list(islice(remaining, BATCH)):
        await storage.mongo.collection(collection).insert_many(some, ordered=False)


async def cost_of(read: Callable[[], Awaitable[object]], mongod: Callable[[], float]) -> Cost:
    before, began = (mongod(), process_time()), perf_counter()
    for _ in range(PAGES):
        await read()
    each = 1_000 / PAGES
    return Cost(
        mongod=each * (mongod() - before[0]),
        driver=each * (process_time() - before[1]),
        wall=each * (perf_counter() - began),
    )


async def measure(stack: Stack, likes: int, rounds: int, say: Say) -> dict[str, list[Cost]]:
    opening = open_storage(stack.settings.mongodb_url, database="notified", driver="pymongo", session_ttl_days=1)
    async with opening as storage:
        await create_indexes(storage.mongo)
        now = first_id_of_day(storage.ids.draw()) - IDS_OF_HOUR // 2
        contestants: dict[str, Callable[[], Awaitable[Cost]]] = {}
        for account in accounts(likes):
            say(f"storing: {account.name}")
            await store(storage, account, now)
            for name, read in READS.items():
                contestants[f"{account.name} | {name}"] = partial(
                    cost_of, partial(read, storage, account.number), partial(cpu_seconds, stack.mongod)
                )
        return await alternate(contestants, rounds=rounds, say=lambda text: say(text[-20:]))


@click.command()
@click.option("--likes", default=1_000_000, show_default=True, help="Likes of the account that has the most.")
@click.option("--rounds", default=5, show_default=True, help="Rounds of each contestant, alternating.")
def main(likes: int, rounds: int) -> None:
    """Print the medians."""

    def say(text: str) -> None:
        click.echo(text, err=True)

    with TemporaryDirectory(prefix="tweeter-bench-") as directory, start_stack(Path(directory), say=say) as stack:
        costs = asyncio.run(measure(stack, likes, rounds, say))
    click.echo("\n| account | read | mongod | driver | elapsed |\n|---|---|---|---|---|")
    for name, each in costs.items():
        medians = (median(getattr(cost, part) for cost in each) for part in ("mongod", "driver", "wall"))
        click.echo(f"| {name} | {' | '.join(f'{one:.2f} ms' for one in medians)} |")
    click.echo(f"\n{', '.join(f'{name} {value}' for name, value in machine().items())}")


if __name__ == "__main__":
    main()
