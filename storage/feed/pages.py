"""Pages of a reader's feed. Each page is exact at one instant."""

from domain.pages import PageRequest
from domain.records import Page, Post
from storage.feed.by_source import FeedBySource
from storage.feed.edges import Edges
from storage.feed.entries import Entries
from storage.feed.ledgers import Ledgers
from storage.feed.one_query import FeedInOneQuery
from storage.mongo import ClientSession, Mongo, retry_snapshot
from storage.readers import Readers

FEW = 20  # posts: the usual number to resume with is below it


class Feed:
    """The feed and its stores: entries, watermarks of edges, and ledgers of posts in flight."""

    def __init__(self, mongo: Mongo, readers: Readers, *, in_one_query: FeedInOneQuery | None = None) -> None:
        self.entries = Entries(mongo)
        self.edges = Edges(mongo)
        self.ledgers = Ledgers(mongo)
        self._mongo = mongo
        self._readers = readers
        self._in_one_query = in_one_query or FeedInOneQuery(mongo)
        self._by_source = FeedBySource(mongo, self.entries)

    @retry_snapshot
    async def page(self, reader: int, request: PageRequest) -> Page[Post]:
        """Return one page, newest first. `has_next` is exact."""
        async with self._mongo.snapshot() as snapshot:
            found = await self._newest(reader, below=request.before, wanted=request.first + 1, snapshot=snapshot)
        return Page(found[: request.first], has_next=len(found) > request.first)

    async def above(self, reader: int, after: int, *, most: int) -> list[Post] | None:
        """Return the feed's posts with ids above `after`, the lowest first. None if there are more than `most`."""
        for first in (min(FEW, most + 1), most + 1):
            page = await self.page(reader, PageRequest(first))
            above = [post for post in page.items if post.id > after]
            if len(above) < len(page.items) or not page.has_next:
                return above[::-1] if len(above) <= most else None
        return None

    async def _newest(self, reader: int, *, below: int, wanted: int, snapshot: ClientSession) -> list[Post]:
        """Return the newest posts: by one query as far as it reaches, then source by source."""
        top = await self._in_one_query.newest(reader, below=below, wanted=wanted, snapshot=snapshot)
        if top is None:
            floor = await self._readers.floor(reader, session=snapshot)
            return await self._by_source.newest(reader, floor=floor, below=below, wanted=wanted, snapshot=snapshot)
        missing = wanted - len(top.posts)
        if missing <= 0 or top.low == 0:
            return top.posts[:wanted]
        return top.posts + await self._by_source.newest(
            reader, floor=top.floor, below=top.low, wanted=missing, snapshot=snapshot
        )
