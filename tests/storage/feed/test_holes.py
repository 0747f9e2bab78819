"""What is filtered after a source was read up to its limit leaves no hole in the page.

In each world, the newest rows of one source are hidden, and others follow below the limit to which it is read.
"""

import pytest

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.watermarks import NEVER
from storage import Storage
from storage.feed.entries import entry_of
from storage.feed.pages import Feed
from storage.mongo import Document
from storage.users import new_user
from tests.base_data import feed_by_definition
from tests.sources import feed_by_source

READER, AUTHOR, OTHER, STRANGER = 1_000, 1, 2, 3
POSTS, HIDDEN = 60, 40
FIRST = 5
SOURCES = ("entries", "pulled", "in flight", "below the floor")


async def make_world(storage: Storage, source: str) -> None:
    """One author answers a stranger again and again, before that writes posts; another one's posts are entries."""
    mongo = storage.mongo
    floor = 10 * POSTS + 5 if source == "below the floor" else 0
    reader = new_user(READER, alias="reader", first_name="R", last_name="R") | {"floor": floor}
    await mongo.collection("users").insert_one(reader)
    posts: list[Document] = []
    for place in range(POSTS):
        post: Document = {"_id": 10 * (place + 1), "author": AUTHOR, "text": "by the author"}
        if place >= POSTS - HIDDEN:
            post |= {"reply_to": 7, "reply_to_author": STRANGER}
        if source == "in flight":
            post["in_flight"] = True
        posts += [post, {"_id": post["_id"] + 5, "author": OTHER, "text": "by the other", "reply_to_author": OTHER}]
    await mongo.collection("posts").insert_many(posts)
    push_from = {AUTHOR: NEVER if source == "pulled" else 0, OTHER: 0}
    await mongo.collection("follows").insert_many(
        [
            {"_id": author, "follower": READER, "followee": author, "push_from": watermark}
            for author, watermark in push_from.items()
        ]
    )
    delivered = [
        entry_of(READER, post["_id"], post["author"])
        for post in posts
        if post["_id"] >= floor and push_from[post["author"]] == 0 and "in_flight" not in post
    ]
    if delivered:
        await mongo.collection("feeds").insert_many(delivered)


@pytest.mark.parametrize("by_source", [False, True])
@pytest.mark.parametrize("source", SOURCES)
async def test_hidden_rows_of_one_source_leave_no_hole(
    storage: Storage, source: str, by_source: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.feed.by_source.FEW_IN_FLIGHT", 2)
    monkeypatch.setattr("storage.feed.by_source.REFILL", FIRST)
    monkeypatch.setattr("storage.feed.by_source.MAX_BATCH", 2 * FIRST)
    monkeypatch.setattr("storage.feed.in_flight.ACCOUNTS", 0 if source == "in flight" else 10)
    monkeypatch.setattr("storage.feed.in_flight.FOLLOWEES", 0 if source == "in flight" else 10)
    await make_world(storage, source)
    truth = [event.id for event in await feed_by_definition(storage, READER, repeat_after=storage.repeat_after)]
    assert len(truth) == POSTS + POSTS - HIDDEN
    feed = feed_by_source(storage) if by_source else storage.feed
    assert await newest(feed) == truth[:FIRST]
    assert await newest(feed, below=truth[HIDDEN]) == truth[HIDDEN + 1 : HIDDEN + 1 + FIRST]


async def newest(feed: Feed, *, below: int = MAX_ID + 1) -> list[int]:
    return [event.id for event in (await feed.page(READER, PageRequest(FIRST, below))).items]
