"""A feed that is read from either end, between any two positions, is what its definition says."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ids import MAX_ID
from domain.pages import FeedRequest, ReadOrder
from domain.records import Event, Page
from storage import Storage
from storage.feed.entries import entry_of
from storage.feed.pages import Feed
from storage.mongo import Document
from tests.sources import feed_by_source
from tests.storage.feed.talks import READER, REPEAT_AFTER, STEP, Talk, small_steps, talks
from tests.waiting import bounded

UNBOUNDED = (-1, MAX_ID + 1)
WAYS: dict[str, Callable[[Storage], Feed]] = {
    "at once": lambda storage: Feed(storage.mongo, storage.readers, repeat_after=REPEAT_AFTER),
    "by source": lambda storage: feed_by_source(storage, repeat_after=REPEAT_AFTER),
}


positions = st.integers(0, 450)
steps = st.fixed_dictionaries(
    {
        "slack": st.integers(0, 5),
        "refill": st.integers(1, 9),
        "most_read": st.sampled_from([3, 20_000]),
        "few_earlier": st.booleans(),
        "backlog": st.booleans(),
    }
)


@settings(suppress_health_check=list(HealthCheck))
@given(
    talk=talks,
    after=st.just(UNBOUNDED[1]) | positions,
    before=st.just(UNBOUNDED[0]) | positions,
    size=st.integers(1, 12),
    order=st.sampled_from(ReadOrder),
    small=steps,
)
async def test_any_page_between_two_positions_is_what_the_definition_says(
    storage: Storage,
    talk: Talk,
    after: int,
    before: int,
    size: int,
    order: ReadOrder,
    small: dict[str, int],
) -> None:
    await talk.make(storage)
    truth = talk.feed()
    between = [event for event in truth if before < event.id < after]
    request = FeedRequest(size=size, above=before, below=after, order=order, wants_next=True, wants_previous=True)
    with small_steps(**small):  # type: ignore[arg-type]  # hypothesis knows no typed dict
        pages = {name: await make(storage).page_between(READER, request) for name, make in WAYS.items()}
    for page in pages.values():
        assert_page(page, truth, between, request, gave_up=small["most_read"] < 20_000)


def assert_page(
    page: Page[Event], truth: list[Event], between: list[Event], request: FeedRequest, *, gave_up: bool
) -> None:
    """Check a page against the whole feed and the part between the bounds. It may be short only if the read gave up."""
    items, forward = list(page.items), request.order is ReadOrder.NEWEST_FIRST
    if not gave_up:
        assert (page.start, page.end) == (None, None)
    if page.start is page.end is None:
        assert len(items) == min(request.size, len(between))
    assert items == (between[: len(items)] if forward else between[len(between) - len(items) :])
    low, high = (items[-1].id - 1, items[0].id + 1) if items else (request.above, request.below)
    flags = page.has_next, page.has_previous
    exact = any(event.id <= low for event in truth), any(event.id >= high for event in truth)
    if gave_up:
        assert all(flag or not goes_on for flag, goes_on in zip(flags, exact, strict=True))
    else:
        assert flags == exact


@settings(suppress_health_check=list(HealthCheck))
@given(talk=talks, size=st.integers(1, 12), order=st.sampled_from(ReadOrder), small=steps)
async def test_page_after_page_from_either_end_is_the_whole_feed(
    storage: Storage, talk: Talk, size: int, order: ReadOrder, small: dict[str, int]
) -> None:
    await talk.make(storage)
    truth = talk.feed()
    with small_steps(**small):  # type: ignore[arg-type]  # hypothesis knows no typed dict
        for make in WAYS.values():
            assert await page_by_page(make(storage), size, order) == truth


async def page_by_page(feed: Feed, size: int, order: ReadOrder) -> list[Event]:
    """Return the whole feed as a client reads it, from cursor to cursor."""
    events: list[Event] = []
    before, after = UNBOUNDED
    for _ in bounded():
        page = await feed.page_between(READER, FeedRequest(size=size, above=before, below=after, order=order))
        assert len(page.items) <= size
        if order is ReadOrder.NEWEST_FIRST:
            events, goes_on, stop = [*events, *page.items], page.has_next, page.end
            after = after if not goes_on else page.items[-1].id if stop is None else stop
        else:
            events, goes_on, stop = [*page.items, *events], page.has_previous, page.start
            before = before if not goes_on else page.items[0].id if stop is None else stop
        if not goes_on:
            return events
        assert len(page.items) == size or stop is not None, "a page is short at the end, or says where it stopped"
    raise AssertionError("the feed has no end")


@pytest.mark.parametrize("size", [3, 15, 40])
@pytest.mark.parametrize("way", WAYS)
async def test_a_page_read_backwards_goes_on_above_the_floor(storage: Storage, way: str, size: int) -> None:
    posts: list[Document] = [{"_id": STEP * place, "author": 1, "text": "a post"} for place in range(1, 31)]
    edges: list[Document] = [{"_id": 1, "follower": READER, "followee": 1, "push_from": 0}]
    floor = STEP * 11
    entries = [entry_of(READER, post["_id"], 1) for post in posts if post["_id"] >= floor]
    talk = Talk(posts, edges, [], entries, floor)
    await talk.make(storage)
    assert await page_by_page(WAYS[way](storage), size, ReadOrder.OLDEST_FIRST) == talk.feed()
