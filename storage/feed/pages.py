"""Pages of a reader's feed. Each page is exact at one instant."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from domain.pages import PageRequest
from domain.records import Event, Page
from domain.visibility import DEFAULT_OPTIONS, Viewpoint, first_sights
from storage.feed.by_source import FeedBySource
from storage.feed.decisions import FeedDecisions
from storage.feed.edges import Edges
from storage.feed.entries import Entries
from storage.feed.facts import FeedFacts
from storage.feed.ledgers import Ledgers
from storage.feed.one_query import FeedInOneQuery
from storage.feed.rows import FeedRange, is_repost, to_event
from storage.mongo import ClientSession, Mongo, retry_snapshot
from storage.readers import Readers

FEW = 20  # events: the usual number to resume with is below it
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
        self._in_one_query = in_one_query or FeedInOneQuery(mongo)
        self._by_source = FeedBySource(mongo, self.entries)
        self._facts = FeedFacts(mongo, repeat_after=repeat_after)
        self.decisions = FeedDecisions(mongo, repeat_after=repeat_after)

    @retry_snapshot
    async def page(self, reader: int, request: PageRequest) -> Page[Event]:
        """Return one page, newest first. `has_next` is exact, except for a page that names its `end`: that may lie.

        A page is short only at the end of the feed, or after MOST_READ rows. Then `has_next` is true, and `end` says
        where the next page begins. All pages together are the feed.
        """
        async with self._mongo.snapshot() as snapshot:
            found, stopped = await self._newest(
                reader, below=request.before, wanted=request.first + 1, snapshot=snapshot
            )
        if len(found) > request.first:
            return Page(found[: request.first], has_next=True)
        return Page(found, has_next=stopped is not None, end=stopped)

    async def above(self, reader: int, after: int, *, most: int) -> list[Event] | None:
        """Return the feed's events with ids above `after`, the lowest first. None if there are more than `most`."""
        for first in (min(FEW, most + 1), most + 1):
            page = await self.page(reader, PageRequest(first))
            above = [event for event in page.items if event.id > after]
            if len(above) < len(page.items) or not page.has_next or (page.end is not None and page.end <= after):
                return above[::-1] if len(above) <= most else None
        return None

    async def _newest(
        self, reader: int, *, below: int, wanted: int, snapshot: ClientSession
    ) -> tuple[list[Event], int | None]:
        """Return the newest `wanted` events, and where the reading stopped if it gave up before."""
        found: list[Event] = []
        read = 0
        async with aclosing(self._ranges(reader, below, wanted, snapshot)) as ranges:
            async for part in ranges:
                found += await self._shown(reader, part, snapshot)
                read += len(part.rows)
                if len(found) >= wanted or part.low == 0:
                    break
                if read >= MOST_READ:
                    return found, part.low
        return found[:wanted], None

    async def _ranges(
        self, reader: int, below: int, wanted: int, snapshot: ClientSession
    ) -> AsyncGenerator[FeedRange, None]:
        """Yield the ranges of the feed: by one query as far as it reaches, then source by source."""
        top = await self._in_one_query.newest(reader, below=below, wanted=wanted, snapshot=snapshot)
        if top is None:
            floor, has_relations = await self._readers.limits(reader, session=snapshot)
        else:
            floor, has_relations, below = top.floor, top.part.has_relations, top.part.low
            yield top.part
        ranges = self._by_source.ranges(
            reader, floor=floor, below=below, wanted=wanted, has_relations=has_relations, snapshot=snapshot
        )
        async with aclosing(ranges):
            async for part in ranges:
                yield part

    async def _shown(self, reader: int, part: FeedRange, snapshot: ClientSession) -> list[Event]:
        """Return the events of the range that the feed shows, newest first."""
        rows = part.rows
        if not part.has_relations and not any(is_repost(row) for row in rows):
            view = Viewpoint(viewer=reader, follows=dict.fromkeys(part.followees, DEFAULT_OPTIONS))
            return first_sights(view, [to_event(row) for row in rows], repeat_after=self._repeat_after)
        facts = await self._facts.read(reader, rows, snapshot=snapshot)
        return first_sights(facts.view, facts.events, earlier=facts.earlier, repeat_after=self._repeat_after)
