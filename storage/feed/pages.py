"""Pages of a reader's feed. Each page is exact at one instant."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from domain.ids import MAX_ID
from domain.pages import FeedRequest, PageRequest, ReadOrder
from domain.records import Event, Page
from domain.visibility import DEFAULT_OPTIONS, Viewpoint, first_sights
from storage.feed.by_source import FeedBySource
from storage.feed.decisions import FeedDecisions
from storage.feed.edges import Edges
from storage.feed.entries import Entries
from storage.feed.facts import FeedFacts, joined_facts
from storage.feed.ledgers import Ledgers
from storage.feed.one_query import FeedInOneQuery
from storage.feed.rows import FeedRange, ids_of, to_event
from storage.feed.spans import Span
from storage.mongo import ClientSession, Mongo
from storage.readers import Readers
from storage.retries import retry_snapshot
from storage.session_claims import SessionClaim

FEW = 20  # events: the usual number to resume with is below it
AGAIN = 100  # events that the second range is asked for, if the first one does not fill the page
MOST_READ = 20_000  # rows that one page reads; beyond it the page is short, and says where it stopped


class Feed:
    """The feed and its stores: entries, watermarks of edges, and ledgers of posts in flight."""

    def __init__(
        self, mongo: Mongo, readers: Readers, *, repeat_after: int, in_one_query: FeedInOneQuery | None = None
    ) -> None:
        self.entries = Entries(mongo)
        self.edges = Edges(mongo)
        self.ledgers = Ledgers(mongo)
        self._mongo = mongo
        self._readers = readers
        self._repeat_after = repeat_after
        self._in_one_query = in_one_query or FeedInOneQuery(mongo, repeat_after=repeat_after)
        self._by_source = FeedBySource(mongo, self.entries)
        self._facts = FeedFacts(mongo, repeat_after=repeat_after)
        self.decisions = FeedDecisions(mongo, repeat_after=repeat_after)

    async def page(self, reader: int, request: PageRequest) -> Page[Event]:
        """Return one page, newest first. `has_next` is exact, except for a page that names its `end`: that may lie.

        A page is short only at the end of the feed, or after MOST_READ rows. Then `has_next` is true, and `end` says
        where the next page begins. All pages together are the feed.
        """
        return await self.page_between(reader, FeedRequest(size=request.first, below=request.before))

    @retry_snapshot
    async def page_between(
        self, reader: int, request: FeedRequest, *, claim: SessionClaim | None = None
    ) -> Page[Event]:
        """Return one page, newest first, that is read from either end. Check the `claim`, if any, in its snapshot.

        `has_next` and `has_previous` are exact in the direction of the read, as those of `page`, and in the other one
        if the request wants them. If it takes more than MOST_READ rows to find out, they are true.
        """
        wanted, span = request.size + 1, _span_of(request)
        async with self._mongo.snapshot() as snapshot:
            found, stopped = await self._events(
                reader, span, request.order, wanted=wanted, snapshot=snapshot, claim=claim
            )
            goes_on = len(found) > request.size or stopped is not None
            if request.order is ReadOrder.NEWEST_FIRST:
                has_next = goes_on or (request.wants_next and await self._has_below(reader, span.low, snapshot))
                has_previous = request.wants_previous and await self._has_above(reader, span.high, snapshot)
                return Page(found[: request.size], has_next, end=stopped, has_previous=has_previous)
            has_next = request.wants_next and await self._has_below(reader, span.low, snapshot)
            has_previous = goes_on or (request.wants_previous and await self._has_above(reader, span.high, snapshot))
            return Page(found[-request.size :], has_next, has_previous=has_previous, start=stopped)

    async def above(self, reader: int, after: int, *, most: int) -> list[Event] | None:
        """Return the feed's events with ids above `after`, the lowest first. None if there are more than `most`."""
        for first in (min(FEW, most + 1), most + 1):
            page = await self.page(reader, PageRequest(first))
            above = [event for event in page.items if event.id > after]
            if len(above) < len(page.items) or not page.has_next or (page.end is not None and page.end <= after):
                return above[::-1] if len(above) <= most else None
        return None

    async def _has_above(self, reader: int, low: int, snapshot: ClientSession) -> bool:
        """Return whether the feed has an event with the id `low` or a higher one."""
        return low <= MAX_ID and await self._has_any(reader, Span(low, MAX_ID + 1), ReadOrder.OLDEST_FIRST, snapshot)

    async def _has_below(self, reader: int, high: int, snapshot: ClientSession) -> bool:
        """Return whether the feed has an event with an id below `high`."""
        return high > 0 and await self._has_any(reader, Span(0, high), ReadOrder.NEWEST_FIRST, snapshot)

    async def _has_any(self, reader: int, span: Span, order: ReadOrder, snapshot: ClientSession) -> bool:
        found, stopped = await self._events(reader, span, order, wanted=1, snapshot=snapshot)
        return bool(found) or stopped is not None

    async def _events(
        self,
        reader: int,
        span: Span,
        order: ReadOrder,
        *,
        wanted: int,
        snapshot: ClientSession,
        claim: SessionClaim | None = None,
    ) -> tuple[list[Event], int | None]:
        """Return the first `wanted` events or some more, newest first, and where the reading stopped if it gave up."""
        found: list[Event] = []
        read: list[int] = []
        async with aclosing(self._ranges(reader, span, order, wanted, snapshot, claim)) as ranges:
            async for part in ranges:
                shown = [event for event in await self._shown(reader, part, snapshot) if event.id in span]
                found = [*found, *shown] if order is ReadOrder.NEWEST_FIRST else [*shown, *found]
                read += ids_of(part.rows)
                if len(found) >= wanted or span.beyond(part.span, order).is_empty:
                    break
                if len(read) >= MOST_READ:
                    return found, part.span.low if order is ReadOrder.NEWEST_FIRST else part.span.high - 1
        if len(found) >= wanted > 1:
            last = found[wanted - 1 if order is ReadOrder.NEWEST_FIRST else -wanted].id
            needed = [row for row in read if (row >= last if order is ReadOrder.NEWEST_FIRST else row <= last)]
            self._in_one_query.note_hidden(reader, len(needed) - wanted)
        return found, None

    async def _ranges(
        self,
        reader: int,
        span: Span,
        order: ReadOrder,
        wanted: int,
        snapshot: ClientSession,
        claim: SessionClaim | None,
    ) -> AsyncGenerator[FeedRange, None]:
        """Yield the ranges of the feed: the first ones by one query each, the others source by source."""
        limits: tuple[int, bool] | None = None
        for number, claimed in ((wanted, claim), (max(wanted, AGAIN), None)):
            top = await self._in_one_query.read(reader, span, order, wanted=number, snapshot=snapshot, claim=claimed)
            if top is None:
                break
            limits, span = (top.floor, top.part.has_relations), span.beyond(top.part.span, order)
            yield top.part
        floor, has_relations = limits or await self._readers.limits(reader, session=snapshot)
        ranges = self._by_source.ranges(
            reader, span, order, floor=floor, wanted=wanted, has_relations=has_relations, snapshot=snapshot
        )
        async with aclosing(ranges):
            async for part in ranges:
                yield part

    async def _shown(self, reader: int, part: FeedRange, snapshot: ClientSession) -> list[Event]:
        """Return the events of the range that the feed shows, newest first."""
        rows = part.rows
        if not part.needs_facts:
            view = Viewpoint(viewer=reader, follows=dict.fromkeys(part.followees, DEFAULT_OPTIONS))
            return first_sights(view, [to_event(row) for row in rows], repeat_after=self._repeat_after)
        facts = None if part.joined is None else joined_facts(reader, rows, part.joined)
        if facts is None:
            facts = await self._facts.read(reader, rows, snapshot=snapshot)
        return first_sights(facts.view, facts.events, earlier=facts.earlier, repeat_after=self._repeat_after)


def _span_of(request: FeedRequest) -> Span:
    """Return the ids between the bounds. No event has an id above MAX_ID, and MongoDB has no number above 2**63 - 1."""
    return Span(min(request.above, MAX_ID) + 1, min(request.below, MAX_ID + 1))
