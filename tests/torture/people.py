"""The authors of a run, and the state that all its clients share."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from tests.pipeline import mutations
from tests.torture.books import Acknowledged, Book, Reposted
from tests.torture.judging import Wrong
from tests.torture.patient import Client

RECENT = 20  # posts and reposts of one author that are deleted, undone, answered, quoted and reposted


@dataclass
class Life:
    """The state that all clients share. `done` counts what was acknowledged."""

    dice: Random
    books: dict[int, Book]
    over: asyncio.Event = field(default_factory=asyncio.Event)
    wrong: list[tuple[Wrong, set[str]]] = field(default_factory=list)
    lost_before_deletion: list[int] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    reads: int = 0
    pages: int = 0
    faults_during: Callable[[float, float], set[str]] = lambda began, ended: set()

    async def pause(self, longest_s: float) -> None:
        """Pause for a random time, or less if the run ends."""
        try:
            async with asyncio.timeout(self.dice.uniform(0, longest_s)):
                await self.over.wait()
        except TimeoutError:
            pass

    def any_post(self) -> tuple[int, int] | None:
        """Return a recent post of an author, and the author."""
        book = self.dice.choice(list(self.books.values()))
        recent = book.live()[-RECENT:]
        return (self.dice.choice(recent), book.author) if recent else None


async def be_author(life: Life, client: Client) -> None:
    book = life.books[client.user]
    number = 0
    while not life.over.is_set():  # ends: the campaign says when
        number += 1
        kinds = ("post", "reply", "quote", "repost", "undo", "delete", "like", "unlike")
        (kind,) = life.dice.choices(kinds, weights=(40, 18, 8, 16, 6, 12, 20, 10))
        other = life.any_post()
        if kind == "delete" and (live := book.live()):
            await _delete(life, client, book, life.dice.choice(live[-RECENT:]))
        elif kind == "undo" and (reposts := book.live_reposts()):
            await _undo(life, client, book, life.dice.choice(reposts[-RECENT:]))
        elif kind == "repost" and other:
            await _repost(life, client, book, *other)
        elif kind == "like" and other:
            await _like(life, client, book, *other)
        elif kind == "unlike" and book.liked:
            await _unlike(life, client, book, life.dice.choice(sorted(book.liked)))
        elif kind in ("reply", "quote") and other:
            await _create(life, client, book, f"{client.alias} {number}", **{kind: other})
        else:
            await _create(life, client, book, f"{client.alias} {number}")
        await life.pause(2.5)


async def _create(
    life: Life,
    client: Client,
    book: Book,
    text: str,
    *,
    reply: tuple[int, int] | None = None,
    quote: tuple[int, int] | None = None,
) -> None:
    book.tried[text] = reply[1] if reply else None
    began = monotonic()
    key = text.replace(" ", "-")
    post = await client.create(text, key, replyTo=reply[0] if reply else None, quote=quote[0] if quote else None)
    named = reply or quote
    if post is None:
        assert named is not None, f"{text} names no post, and one was not found"
        if named[0] not in life.books[named[1]].deleting:
            life.lost_before_deletion.append(named[0])
    else:
        book.posts[post] = Acknowledged(text, began, monotonic())
        life.done["replies" if reply else "quotes" if quote else "posts"] += 1


async def _delete(life: Life, client: Client, book: Book, post: int) -> None:
    book.deleting.add(post)
    if not await client.delete(post):
        life.lost_before_deletion.append(post)
    book.deleted[post] = monotonic()
    life.done["deletions"] += 1


async def _repost(life: Life, client: Client, book: Book, post: int, author: int) -> None:
    """Repost the post, and look up the repost's id, which the answer does not have."""
    if any(book.reposts[repost].post == post for repost in book.live_reposts()) or post in book.reposting:
        return
    book.reposting.add(post)
    began = monotonic()
    outcome = await client.do_with(post, mutations.REPOST)
    at = monotonic()
    if outcome == "Reposted" and (repost := await client.find_repost(post)):
        book.reposts[repost] = Reposted(post, author, began, at)
        book.reposting.discard(post)
        life.done["reposts"] += 1
    elif post not in life.books[author].deleting:  # otherwise the post is gone, and its repost with it
        life.lost_before_deletion.append(post)


async def _undo(life: Life, client: Client, book: Book, repost: int) -> None:
    book.undoing.add(repost)
    outcome = await client.do_with(book.reposts[repost].post, mutations.UNDO_REPOST)
    made = book.reposts[repost]
    assert outcome == "RepostUndone" or made.post in life.books[made.author].deleting, outcome
    book.undone[repost] = monotonic()
    life.done["undos"] += 1


async def _like(life: Life, client: Client, book: Book, post: int, author: int) -> None:
    outcome = await client.do_with(post, mutations.LIKE)
    if outcome == "Liked":
        book.liked.add(post)
        life.done["likes"] += 1
    elif post not in life.books[author].deleting:
        life.lost_before_deletion.append(post)


async def _unlike(life: Life, client: Client, book: Book, post: int) -> None:
    """The post may be gone, and its likes with it."""
    await client.do_with(post, mutations.UNLIKE)
    book.liked.remove(post)
    life.done["unlikes"] += 1
