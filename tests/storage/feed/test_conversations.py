"""A feed with replies, reposts, mutes, blocks and options, read in both ways, is what its definition says."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import Event
from domain.watermarks import FILLING, NEVER
from storage import Storage
from storage.feed.entries import entry_of
from storage.feed.in_flight import FEW
from storage.feed.one_query import FeedInOneQuery
from storage.feed.pages import Feed
from storage.mongo import Document
from storage.users import new_user
from tests.base_data import decide
from tests.conftest import empty
from tests.sources import feed_by_source
from tests.waiting import bounded

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


async def _page_by_page(feed: Feed, first: int) -> list[Event]:
    """Return the whole feed as a client reads it."""
    events: list[Event] = []
    before = ABOVE
    for _ in bounded():
        page = await feed.page(READER, PageRequest(first, before))
        assert len(page.items) <= first
        events += page.items
        if not page.has_next:
            return events
        assert len(page.items) == first or page.end is not None, "a page is short at the end, or says where it stopped"
        before = page.items[-1].id if page.end is None else page.end
    raise AssertionError("the feed has no end")


talks = st.randoms(use_true_random=True).map(draw)


@settings(suppress_health_check=list(HealthCheck))
@given(
    talk=talks,
    before=st.integers(0, 450) | st.just(ABOVE),
    first=st.integers(1, 12),
    slack=st.integers(0, 5),
    refill=st.integers(1, 9),
    most_read=st.sampled_from([3, 20_000]),
    few_earlier=st.booleans(),
    backlog=st.booleans(),
)
async def test_both_read_paths_return_what_the_definition_says(
    storage: Storage,
    talk: Talk,
    before: int,
    first: int,
    slack: int,
    refill: int,
    most_read: int,
    few_earlier: bool,
    backlog: bool,
) -> None:
    await talk.make(storage)
    truth = talk.feed()
    below = [event for event in truth if event.id < before]
    with pytest.MonkeyPatch.context() as patch:
        for way in ("one_query", "by_source"):
            patch.setattr(f"storage.feed.{way}.SLACK", slack)
        patch.setattr("storage.feed.by_source.REFILL", refill)
        patch.setattr("storage.feed.by_source.MAX_BATCH", refill)
        patch.setattr("storage.feed.by_source.FEW_IN_FLIGHT", 1 if backlog else 200)
        patch.setattr("storage.feed.pages.MOST_READ", most_read)
        if few_earlier:
            patch.setattr("storage.feed.facts.EARLIER", 1)
            patch.setattr("storage.feed.facts.FOLLOWEES", 2)
        for feed in (_feed_at_once(storage), _feed_by_source(storage)):
            page = await feed.page(READER, PageRequest(first, before))
            assert list(page.items) == below[: len(page.items)]
            if page.end is None:
                assert (len(page.items), page.has_next) == (min(first, len(below)), len(below) > first)
            assert await _page_by_page(feed, first) == truth


def _feed_at_once(storage: Storage) -> Feed:
    return Feed(storage.mongo, storage.readers, repeat_after=REPEAT_AFTER, in_one_query=FeedInOneQuery(storage.mongo))


def _feed_by_source(storage: Storage) -> Feed:
    return feed_by_source(storage, repeat_after=REPEAT_AFTER)


@pytest.mark.parametrize("source", ["delivered", "pulled", "in flight"])
async def test_a_reply_to_a_silent_followee_is_shown(storage: Storage, source: str) -> None:
    """The page names the answered account in no other place."""
    author, silent = 1, 2
    reply: Document = {"_id": STEP, "author": author, "text": "yes", "reply_to": 7, "reply_to_author": silent}
    if source == "in flight":
        reply["in_flight"] = True
    push_from = NEVER if source == "pulled" else 0
    edges: list[Document] = [
        {"_id": author, "follower": READER, "followee": author, "push_from": push_from},
        {"_id": silent, "follower": READER, "followee": silent, "push_from": 0},
    ]
    entries = [entry_of(READER, STEP, author)] if source == "delivered" else []
    await Talk([reply], edges, [], entries, floor=0).make(storage)
    for feed in (_feed_at_once(storage), _feed_by_source(storage)):
        assert [event.id for event in await _page_by_page(feed, 5)] == [STEP]


@pytest.mark.parametrize("is_muted", [False, True])
async def test_an_earlier_repost_beyond_the_bound_hides_a_later_one_unless_it_is_hidden(
    storage: Storage, is_muted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier repost is far below the page, behind reposts by strangers that fill the bounded command."""
    monkeypatch.setattr("storage.feed.facts.EARLIER", 1)
    author, earlier, stranger = 1, 2, 900
    post: Document = {"_id": 1, "author": stranger, "text": "popular"}
    by_strangers = [_repost_of(post, 2 + place, by=stranger + 1 + place) for place in range(5)]
    between: list[Document] = [{"_id": 20 + place, "author": author, "text": "between"} for place in range(30)]
    posts = [post, *by_strangers, _repost_of(post, 10, by=earlier), *between, _repost_of(post, 60, by=author)]
    edges: list[Document] = [
        {"_id": followee, "follower": READER, "followee": followee, "push_from": NEVER}
        for followee in (author, earlier)
    ]
    relations: list[Document] = [{"_id": 1, "reader": READER, "other": earlier, "kind": "MUTE"}] if is_muted else []
    talk = Talk(posts, edges, relations, [], floor=0)
    await talk.make(storage)
    newest = 60 if is_muted else 49
    assert talk.feed()[0].id == newest
    for feed in (_feed_at_once(storage), _feed_by_source(storage)):
        assert [event.id for event in (await feed.page(READER, PageRequest(1))).items] == [newest]


def _repost_of(post: Document, number: int, *, by: int) -> Document:
    return {"_id": number, "author": by, "repost_of": post["_id"], "original_author": post["author"]}
