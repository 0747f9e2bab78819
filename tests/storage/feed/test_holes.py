"""What is filtered after a source was read up to its limit leaves no hole in the page.

In each world, one author is read from the source in question. Its newest posts are hidden, many more than the source is
read for at once, and the ones below are visible. Another author's posts are older still, and come from another source:
a range that claims to reach them without the visible ones has a hole.
"""

from collections.abc import Callable

import pytest

from domain.ids import MAX_ID
from domain.pages import FeedRequest, PageRequest, ReadOrder
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
PUSHED = 0
WATERMARKS = {  # of the author, and of the other one
    "entries": (PUSHED, NEVER),
    "pulled": (NEVER, PUSHED),
    "in flight": (PUSHED, PUSHED),
    "below the floor": (PUSHED, PUSHED),
}


def make_posts(source: str) -> list[Document]:
    """Return the posts of both, the oldest first. The author's newest ones answer a stranger."""
    older: list[Document] = [{"_id": place, "author": OTHER, "text": "older"} for place in range(1, POSTS + 1)]
    visible: list[Document] = [
        {"_id": 1_000 + place, "author": AUTHOR, "text": "visible"} for place in range(POSTS - HIDDEN)
    ]
    hidden: list[Document] = [
        {"_id": 2_000 + place, "author": AUTHOR, "text": "hidden", "reply_to": 7, "reply_to_author": STRANGER}
        for place in range(HIDDEN)
    ]
    if source == "in flight":
        visible, hidden = ([post | {"in_flight": True} for post in posts] for posts in (visible, hidden))
    return [*older, *visible, *hidden]


async def make_world(storage: Storage, source: str, turn: Callable[[int], int] = lambda number: number) -> None:
    """Store the world. `turn` changes the ids."""
    mongo = storage.mongo
    floor = MAX_ID if source == "below the floor" else 0
    reader = new_user(READER, alias="reader", first_name="R", last_name="R") | {"floor": floor}
    await mongo.collection("users").insert_one(reader)
    posts = [post | {"_id": turn(post["_id"])} for post in make_posts(source)]
    await mongo.collection("posts").insert_many(posts)
    push_from = dict(zip((AUTHOR, OTHER), WATERMARKS[source], strict=True))
    await mongo.collection("follows").insert_many(
        [
            {"_id": author, "follower": READER, "followee": author, "push_from": watermark}
            for author, watermark in push_from.items()
        ]
    )
    delivered = [
        entry_of(READER, post["_id"], post["author"])
        for post in posts
        if post["_id"] >= floor and push_from[post["author"]] == PUSHED and "in_flight" not in post
    ]
    if delivered:
        await mongo.collection("feeds").insert_many(delivered)


def read_few_rows(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """Let a source reach its limit, and posts in flight exceed the bounds of the one query if they are the source."""
    monkeypatch.setattr("storage.feed.by_source.FEW_IN_FLIGHT", 2)
    monkeypatch.setattr("storage.feed.by_source.REFILL", FIRST)
    monkeypatch.setattr("storage.feed.by_source.MAX_BATCH", 2 * FIRST)
    monkeypatch.setattr("storage.feed.in_flight.ACCOUNTS", 0 if source == "in flight" else 10)
    monkeypatch.setattr("storage.feed.in_flight.FOLLOWEES", 0 if source == "in flight" else 10)


@pytest.mark.parametrize("by_source", [False, True])
@pytest.mark.parametrize("source", WATERMARKS)
async def test_hidden_rows_of_one_source_leave_no_hole(
    storage: Storage, source: str, by_source: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_few_rows(monkeypatch, source)
    await make_world(storage, source)
    truth = [event.id for event in await feed_by_definition(storage, READER, repeat_after=storage.repeat_after)]
    assert len(truth) == POSTS + POSTS - HIDDEN
    feed = feed_by_source(storage) if by_source else storage.feed
    assert await newest(feed) == truth[:FIRST]
    for above in (truth[FIRST], truth[POSTS - HIDDEN], 2_000 + HIDDEN // 2):
        assert await newest(feed, below=above) == [event for event in truth if event < above][:FIRST]


OLDEST_FIRST = {  # the watermark of the author, of whom the hidden posts are older than the visible ones
    "entries": PUSHED,
    "pulled": NEVER,
    "in flight": PUSHED,
    "below the floor": PUSHED,
}


@pytest.mark.parametrize("by_source", [False, True])
@pytest.mark.parametrize("source", OLDEST_FIRST)
async def test_hidden_rows_of_one_source_leave_no_hole_from_the_oldest_end(
    storage: Storage, source: str, by_source: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same world upside down: the hidden posts are the oldest, and the other author's are the newest."""
    read_few_rows(monkeypatch, source)
    await make_world(storage, source, turn=lambda number: 3_000 - number)
    truth = [event.id for event in await feed_by_definition(storage, READER, repeat_after=storage.repeat_after)]
    assert len(truth) == POSTS + POSTS - HIDDEN
    feed = feed_by_source(storage) if by_source else storage.feed
    assert await oldest(feed) == truth[-FIRST:]
    for below in (truth[-FIRST - 1], truth[POSTS], 1_000 - HIDDEN // 2):
        assert await oldest(feed, above=below) == [event for event in truth if event > below][-FIRST:]


async def oldest(feed: Feed, *, above: int = -1) -> list[int]:
    request = FeedRequest(size=FIRST, above=above, order=ReadOrder.OLDEST_FIRST)
    return [event.id for event in (await feed.page_between(READER, request)).items]


async def newest(feed: Feed, *, below: int = MAX_ID + 1) -> list[int]:
    return [event.id for event in (await feed.page(READER, PageRequest(FIRST, below))).items]
