"""The feeds that are read: with reposts, replies and mutes, and the plain one that they are compared with."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.relations import RelationKind
from storage import Storage
from storage.mongo import Document
from storage.users import new_user

PAGE_SIZE = 20
FOLLOWED = 200
STRANGER = 10**9  # and up: accounts that the reader does not follow
READER = 2 * 10**9
STEP = 1_000_000  # between the ids of two rows; all rows are within REPEAT_AFTER of each other
FIRST_ROW = 10**6 * STEP
BATCH = 10_000  # documents of one write

PLAIN = "plain posts"


@dataclass(frozen=True, slots=True)
class World:
    """A reader's feed. `rows` are delivered posts and reposts, the newest last; `others` are not delivered."""

    name: str
    followees: int
    rows: list[Document]
    others: list[Document]
    muted: int = 0  # how many of the followees, the first of them


def worlds() -> Iterator[World]:
    yield World(PLAIN, FOLLOWED, plain(400), [])
    by_strangers = [post | {"_id": post["_id"] - STEP // 2, "author": STRANGER} for post in plain(400)]
    yield World("half of them reposts", FOLLOWED, _half_reposts(by_strangers), by_strangers)
    yield World("follows 2,000", 2_000, plain(4_000, followees=2_000), [])
    yield World("follows 2,000, mutes 100", 2_000, plain(4_000, followees=2_000), [], muted=100)
    yield World("follows 2,000, mutes all of them", 2_000, plain(4_000, followees=2_000), [], muted=2_000)
    replies = [row | {"author": 0, "reply_to": 1, "reply_to_author": STRANGER} for row in plain(10_400)[400:]]
    yield World("10,000 replies to strangers on top", FOLLOWED, plain(400) + replies, [])
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
        which = "each" if popular_rows == PAGE_SIZE else "one of them"
        yield World(f"20 reposts, {which} with {number:,} earlier", FOLLOWED, plain(400) + newest, posts + earlier)


def mixed_world() -> World:
    """Return a feed of reposts, quotes and replies."""
    by_strangers = [post | {"_id": post["_id"] - STEP // 2, "author": STRANGER} for post in plain(400)]
    rows = _half_reposts(by_strangers)
    for place, row in enumerate(rows):
        if place % 4 == 1:
            row |= {"quote": by_strangers[place]["_id"], "quote_author": STRANGER}
        elif place % 4 == 3:
            row |= {"reply_to": rows[place - 2]["_id"], "reply_to_author": rows[place - 2]["author"]}
    return World("half reposts, a quarter quotes, a quarter replies", FOLLOWED, rows, by_strangers)


def plain(number: int, *, followees: int = FOLLOWED) -> list[Document]:
    return [
        {"_id": FIRST_ROW + place * STEP, "author": place % followees, "text": f"The post number {place}."}
        for place in range(number)
    ]


def repost(post: Document, *, number: int, by: int) -> Document:
    return {"_id": number, "author": by, "repost_of": post["_id"], "original_author": post["author"]}


def _half_reposts(posts: list[Document]) -> list[Document]:
    return [
        row if place % 2 else repost(posts[place], number=row["_id"], by=row["author"])
        for place, row in enumerate(plain(len(posts)))
    ]


async def store(storage: Storage, world: World, *, with_accounts: bool = False) -> None:
    """Write the state after old follows and deliveries. `with_accounts` also writes the accounts of all authors."""
    mongo, rows = storage.mongo, [*world.rows, *world.others]
    account = new_user(READER, alias="reader", first_name="R", last_name="")
    await mongo.collection("users").insert_one(account | ({"has_relations": True} if world.muted else {}))
    if with_accounts:
        authors = [new_user(number, alias=f"a{number}", first_name="A", last_name="") for number in _accounts(rows)]
        await mongo.collection("users").insert_many(authors)
    edges = [{"_id": place, "follower": READER, "followee": place, "push_from": 0} for place in range(world.followees)]
    await mongo.collection("follows").insert_many(edges)
    for place in range(0, len(rows), BATCH):
        await mongo.collection("posts").insert_many(rows[place : place + BATCH])
    await storage.feed.entries.insert_entries((READER, row["_id"], row["author"]) for row in world.rows)
    if world.muted:
        mutes = [
            {"_id": other, "reader": READER, "other": other, "kind": RelationKind.MUTE.value}
            for other in range(world.muted)
        ]
        await mongo.collection("relations").insert_many(mutes)


def _accounts(rows: list[Document]) -> set[int]:
    return {row["author"] for row in rows}
