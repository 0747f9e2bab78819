"""A feed with replies, reposts, mutes, blocks and options, read in both ways, is what its definition says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.pages import PageRequest
from domain.records import Event
from domain.watermarks import NEVER
from storage import Storage
from storage.feed.entries import entry_of
from storage.feed.one_query import UNKNOWN, FeedInOneQuery, Habit, Kind
from storage.feed.pages import Feed
from storage.mongo import Document
from tests.sources import feed_by_source
from tests.storage.feed.talks import ABOVE, READER, REPEAT_AFTER, STEP, Talk, small_steps, talks
from tests.waiting import bounded


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
    habit=st.builds(Habit, kind=st.sampled_from(Kind), hidden=st.sampled_from([0, 10]), facts=st.booleans()),
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
    habit: Habit,
) -> None:
    await talk.make(storage)
    truth = talk.feed()
    below = [event for event in truth if event.id < before]
    with small_steps(slack=slack, refill=refill, most_read=most_read, few_earlier=few_earlier, backlog=backlog):
        for feed in (_feed_at_once(storage, habit), _feed_by_source(storage)):
            page = await feed.page(READER, PageRequest(first, before))
            assert list(page.items) == below[: len(page.items)]
            if page.end is None:
                assert (len(page.items), page.has_next) == (min(first, len(below)), len(below) > first)
            assert await _page_by_page(feed, first) == truth


def _feed_at_once(storage: Storage, habit: Habit = UNKNOWN) -> Feed:
    in_one_query = FeedInOneQuery(storage.mongo, repeat_after=REPEAT_AFTER)
    in_one_query._habits[READER] = habit
    return Feed(storage.mongo, storage.readers, repeat_after=REPEAT_AFTER, in_one_query=in_one_query)


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


@pytest.mark.parametrize("bound", [1, 2_000])
@pytest.mark.parametrize("is_delivered", [False, True])
@pytest.mark.parametrize("is_muted", [False, True])
async def test_an_earlier_repost_hides_a_later_one_unless_it_is_hidden(
    storage: Storage, is_muted: bool, is_delivered: bool, bound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier repost is far below the page, behind reposts by strangers that may fill the bounded command.

    If it is delivered, the query finds it and drops it, since the posts of the author fill the range above it.
    """
    monkeypatch.setattr("storage.feed.facts.EARLIER", bound)
    author, earlier, stranger = 1, 2, 900
    post: Document = {"_id": 1, "author": stranger, "text": "popular"}
    by_strangers = [_repost_of(post, 2 + place, by=stranger + 1 + place) for place in range(5)]
    between: list[Document] = [{"_id": 20 + place, "author": author, "text": "between"} for place in range(30)]
    posts = [post, *by_strangers, _repost_of(post, 10, by=earlier), *between, _repost_of(post, 60, by=author)]
    edges: list[Document] = [
        {"_id": author, "follower": READER, "followee": author, "push_from": NEVER},
        {"_id": earlier, "follower": READER, "followee": earlier, "push_from": 0 if is_delivered else NEVER},
    ]
    entries = [entry_of(READER, 10, earlier)] if is_delivered else []
    relations: list[Document] = [{"_id": 1, "reader": READER, "other": earlier, "kind": "MUTE"}] if is_muted else []
    talk = Talk(posts, edges, relations, entries, floor=0)
    await talk.make(storage)
    newest = 60 if is_muted else 49
    assert talk.feed()[0].id == newest
    for feed in (_feed_at_once(storage), _feed_at_once(storage, Habit(facts=True)), _feed_by_source(storage)):
        assert [event.id for event in (await feed.page(READER, PageRequest(1))).items] == [newest]


def _repost_of(post: Document, number: int, *, by: int) -> Document:
    return {"_id": number, "author": by, "repost_of": post["_id"], "original_author": post["author"]}
