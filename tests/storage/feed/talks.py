"""Drawn worlds with replies, reposts, mutes, blocks and options: base data, and entries that fit it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import strategies as st

from domain.ids import MAX_ID
from domain.records import Event
from domain.watermarks import FILLING, NEVER
from storage import Storage
from storage.feed.entries import entry_of
from storage.feed.in_flight import FEW
from storage.mongo import Document
from storage.users import new_user
from tests.base_data import decide
from tests.conftest import empty

ABOVE = MAX_ID + 1
READER = 1_000
AUTHORS = range(1, 7)
STEP = 10  # between the ids of two posts
REPEAT_AFTER = 8 * STEP
assert len(AUTHORS) < FEW


@dataclass(frozen=True)
class Talk:
    """Base data, and the entries that the edges promise, with some that no read shows."""

    posts: Sequence[Document]
    edges: Sequence[Document]
    relations: Sequence[Document]
    entries: Sequence[Document]
    floor: int

    def feed(self) -> list[Event]:
        return decide(READER, list(self.posts), list(self.edges), list(self.relations), repeat_after=REPEAT_AFTER)

    async def make(self, storage: Storage) -> None:
        await empty(storage)
        reader = new_user(READER, alias="reader", first_name="R", last_name="R") | {"floor": self.floor}
        if self.relations or any("out_of_feed" in edge or "hides_reposts" in edge for edge in self.edges):
            reader["has_relations"] = True
        await storage.mongo.collection("users").insert_one(reader)
        for name in ("posts", "relations", "entries"):
            if documents := getattr(self, name):
                await storage.mongo.collection("feeds" if name == "entries" else name).insert_many(documents)
        if self.edges:
            await storage.mongo.collection("follows").insert_many(self.edges)


def draw(dice: Random) -> Talk:
    """Draw a busy world: what one author posts, others answer and repost."""
    share = {
        kind: dice.choice([0, 0.2, 0.6]) for kind in ("reply", "repost", "gone", "in_flight", "astray", "relation")
    }
    posts: dict[int, Document] = {}
    reposts: set[tuple[int, int]] = set()
    for place in range(dice.randrange(40)):
        number, author = STEP * (place + 1), dice.choice([*AUTHORS, *AUTHORS, READER])
        known = [post for post in posts.values() if "text" in post]
        other = dice.choice(known) if known else None
        post: Document = {"_id": number, "author": author}
        if other and dice.random() < share["repost"]:
            if (other["_id"], author) in reposts:
                continue
            reposts.add((other["_id"], author))
            post |= {"repost_of": other["_id"], "original_author": other["author"]}
        else:
            post["text"] = f"{number}"
            if other and dice.random() < share["reply"]:
                post |= {"reply_to": other["_id"], "reply_to_author": other["author"]}
        if dice.random() < share["in_flight"]:
            post["in_flight"] = True
        posts[number] = post
    floor = STEP * dice.choice([0, 0, dice.randrange(41)])
    edges = [_draw_edge(dice, author) for author in AUTHORS if dice.random() < 0.8]
    entries = [
        entry_of(READER, number, post["author"])
        for number, post in posts.items()
        if dice.random() < share["astray"] or _is_promised(post, edges, floor)
    ]
    live = [post for post in posts.values() if dice.random() >= share["gone"]]
    relations = [
        {"_id": number, "reader": READER, "other": other, "kind": dice.choice(["MUTE", "BLOCK", "BLOCKED_BY"])}
        for number, other in enumerate(AUTHORS)
        if dice.random() < share["relation"]
    ]
    return Talk(live, edges, relations, entries, floor)


def _draw_edge(dice: Random, author: int) -> Document:
    edge: Document = {
        "_id": author,
        "follower": READER,
        "followee": author,
        "push_from": dice.choice([0, 0, FILLING, NEVER, STEP * dice.randrange(41)]),
    }
    if dice.random() < 0.2:
        edge[dice.choice(["hides_reposts", "out_of_feed"])] = True
    return edge


def _is_promised(post: Document, edges: Sequence[Document], floor: int) -> bool:
    push_from = {edge["followee"]: edge["push_from"] for edge in edges}
    return bool(
        push_from.get(post["author"], NEVER) <= post["_id"] and post["_id"] >= floor and not post.get("in_flight")
    )


talks = st.randoms(use_true_random=True).map(draw)


@contextmanager
def small_steps(*, slack: int, refill: int, most_read: int, few_earlier: bool, backlog: bool) -> Iterator[None]:
    """Read few rows at a time, so that a small world has several ranges."""
    with pytest.MonkeyPatch.context() as patch:
        for way in ("feed_query", "by_source"):
            patch.setattr(f"storage.feed.{way}.SLACK", slack)
        patch.setattr("storage.feed.pages.AGAIN", refill)
        patch.setattr("storage.feed.by_source.REFILL", refill)
        patch.setattr("storage.feed.by_source.MAX_BATCH", refill)
        patch.setattr("storage.feed.by_source.FEW_IN_FLIGHT", 1 if backlog else 200)
        patch.setattr("storage.feed.pages.MOST_READ", most_read)
        if few_earlier:
            patch.setattr("storage.feed.facts.EARLIER", 1)
            patch.setattr("storage.feed.facts.FOLLOWEES", 2)
        yield
