"""The clients of a run: authors, readers with fixed follows, and readers whose follows change."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from tests.torture.books import Acknowledged, Book, Read, Wrong, judge
from tests.torture.patient import Client, Unsure

DELETES = 0.12  # of an author's actions
ALL_PAGES = 10_000
TIDE_S = (
    4.0  # seconds in which all moving readers follow or unfollow one account, which crosses the celebrity threshold
)


@dataclass
class Life:
    """The state that all clients share."""

    dice: Random
    books: dict[int, Book]
    over: asyncio.Event = field(default_factory=asyncio.Event)
    wrong: list[tuple[Wrong, set[str]]] = field(default_factory=list)
    lost_before_deletion: list[int] = field(default_factory=list)
    reads: int = 0
    pages: int = 0
    moves: int = 0
    faults_during: Callable[[float, float], set[str]] = lambda began, ended: set()

    async def pause(self, longest_s: float) -> None:
        """Pause for a random time, or less if the run ends."""
        try:
            async with asyncio.timeout(self.dice.uniform(0, longest_s)):
                await self.over.wait()
        except TimeoutError:
            pass


async def be_author(life: Life, client: Client) -> None:
    book = life.books[client.user]
    number = 0
    while not life.over.is_set():  # ends: the campaign says when
        live = book.live()
        if live and life.dice.random() < DELETES:
            post = life.dice.choice(live[-20:])
            book.deleting.add(post)
            if not await client.delete(post):
                life.lost_before_deletion.append(post)
            book.deleted[post] = monotonic()
        else:
            number += 1
            key = f"{client.alias} {number}"
            book.tried.add(key)
            began = monotonic()
            post = await client.post(key)
            book.posts[post] = Acknowledged(key, began, monotonic())
        await life.pause(2.5)


async def be_steady(life: Life, client: Client, followees: frozenset[int]) -> None:
    while not life.over.is_set():  # ends: the campaign says when
        await read_and_judge(life, client, followees)
        await life.pause(0.5)


async def be_moving(life: Life, client: Client, followees: set[int], hot: Sequence[int], others: Sequence[int]) -> None:
    """Follow or unfollow, then read: the change must have taken effect at once."""
    while not life.over.is_set():  # ends: the campaign says when
        if life.dice.random() < 0.6:
            tide = int(monotonic() / TIDE_S)
            author, follows = hot[tide // 2 % len(hot)], tide % 2 == 0
        else:
            author = life.dice.choice(others)
            follows = author not in followees
        if follows:
            await client.follow(author)
            followees.add(author)
        else:
            await client.unfollow(author)
            followees.discard(author)
        life.moves += 1
        if life.dice.random() < 0.5:
            await read_and_judge(life, client, frozenset(followees))
        await life.pause(1.0)


async def read_and_judge(life: Life, client: Client, followees: frozenset[int]) -> None:
    pages, page_size = life.dice.choice((1, 1, 2, 4, ALL_PAGES)), life.dice.choice((5, 20, 50))
    began = monotonic()
    try:
        seen, is_whole = await client.feed(page_size=page_size, pages=pages)
    except Unsure:
        return
    read = Read(reader=client.alias, followees=followees, seen=seen, is_whole=is_whole, began=began, ended=monotonic())
    life.reads += 1
    life.pages += -(-len(seen) // page_size) or 1
    life.wrong += [(wrong, life.faults_during(began, read.ended)) for wrong in judge(read, life.books)]
