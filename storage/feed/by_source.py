"""Reads a feed source by source, at one instant and without bounds.

    rows(v) in [low, below) =  entries(v) at or above floor(v)
                             ∪ posts of A below push_from, for the edges v → A whose push_from > low
                             ∪ posts in flight by accounts that v follows
                             ∪ below floor(v): posts of every followee
                             … filtered to existing posts and reposts of authors that v follows

All reads of a page share one snapshot. Sources may overlap but leave no gap: a post by a followee belongs to the rows,
no matter which source returns it. A source that was read up to its limit may have more beyond its last row, so the
range ends at that row: what is filtered afterwards leaves no hole.

A read goes from the newest end of a span to the oldest one, or the other way round.

Most pages are read by `storage.feed.one_query`, which has bounds. Tests compare both.
"""

from collections.abc import AsyncGenerator
from collections.abc import Collection as Ids
from dataclasses import dataclass

from domain.pages import ReadOrder
from storage.feed.entries import Entries
from storage.feed.rows import FeedRange, accounts_of, ids_of, in_order
from storage.feed.spans import Span
from storage.indexes import POSTS_IN_FLIGHT, POSTS_STORY
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document, Mongo
from storage.post_documents import FEED_ROW

FEW_IN_FLIGHT = 200  # up to this number, all posts in flight are read and filtered by followee
SLACK = 5  # additional rows to read, since some may be stale or hidden
REFILL = 200  # rows of each source in the second range, if the first one showed too little
MAX_BATCH = 1_000
ONE_ROUND_TRIP = 10_000  # rows; the server's default for the first batch is 101


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What all commands of one read share."""

    reader: int
    order: ReadOrder
    has_relations: bool
    snapshot: ClientSession


class FeedBySource:
    def __init__(self, mongo: Mongo, entries: Entries) -> None:
        self._entries = entries
        self._posts = mongo.collection("posts")
        self._follows = mongo.collection("follows")
        self._relations = mongo.collection("relations")

    async def ranges(
        self,
        reader: int,
        span: Span,
        order: ReadOrder,
        *,
        floor: int,
        wanted: int,
        has_relations: bool,
        snapshot: ClientSession,
    ) -> AsyncGenerator[FeedRange, None]:
        """Yield one range after another, to the other end of the span. The first has about `wanted` rows of a source.

        Below the floor, all rows are pulled.
        """
        reading = _Reading(reader=reader, order=order, has_relations=has_relations, snapshot=snapshot)
        limit = wanted + SLACK
        areas = [(Span(max(span.low, floor), span.high), False), (Span(span.low, min(span.high, floor)), True)]
        for area, is_trimmed in areas if order is ReadOrder.NEWEST_FIRST else areas[::-1]:
            followees = await self._all_followees(reading) if is_trimmed and not area.is_empty else []
            while not area.is_empty:
                if is_trimmed:
                    part = await self._trimmed(reading, area, limit, followees)
                else:
                    part = await self._delivered(reading, area, limit)
                yield part
                area = area.beyond(part.span, order)
                limit = _next_limit(limit)

    async def _delivered(self, reading: _Reading, span: Span, limit: int) -> FeedRange:
        """Return the range of a span above the floor for which every source is complete."""
        order, snapshot = reading.order, reading.snapshot
        entries = await self._entries.read(reading.reader, span, order, limit=limit, session=snapshot)
        span = span.complete_for(entries, limit, order)
        in_flight, span = await self._in_flight(reading, span, limit)
        rows = await self._find({*entries, *in_flight}, snapshot)
        above = {"follower": reading.reader, "push_from": {"$gt": span.low}}
        authors = await self._pulled(reading.reader, above, reading.has_relations, snapshot)
        pulled = await self._rows_by(authors, span, order, limit=limit, snapshot=snapshot)
        span = span.complete_for(ids_of(pulled), limit, order)
        rows = in_order([*rows, *pulled], span, order)
        followed = await self._followed(accounts_of(rows), reading.reader, snapshot)
        return FeedRange([row for row in rows if row["author"] in followed], span, followed, reading.has_relations)

    async def _trimmed(self, reading: _Reading, span: Span, limit: int, followees: list[int]) -> FeedRange:
        """Return the range of a span below the floor for which the rows of all followees are complete."""
        rows = await self._rows_by(followees, span, reading.order, limit=limit, snapshot=reading.snapshot)
        span = span.complete_for(ids_of(rows), limit, reading.order)
        return FeedRange(rows, span, set(followees), reading.has_relations)

    async def _in_flight(self, reading: _Reading, span: Span, limit: int) -> tuple[list[int], Span]:
        """Return posts in flight that followees may have written, and the part of the span in which they are all."""
        cursor = self._posts.find({"in_flight": True}, {"_id": 1}, session=reading.snapshot).hint(POSTS_IN_FLIGHT)
        some = [post["_id"] async for post in cursor.limit(FEW_IN_FLIGHT + 1).batch_size(ONE_ROUND_TRIP)]
        if len(some) <= FEW_IN_FLIGHT:
            return [post for post in some if post in span], span
        followees = await self._all_followees(reading)
        rows = await self._rows_by(
            followees, span, reading.order, limit=limit, snapshot=reading.snapshot, only_in_flight=True
        )
        found = ids_of(rows)
        return found, span.complete_for(found, limit, reading.order)

    async def _all_followees(self, reading: _Reading) -> list[int]:
        edges = {"follower": reading.reader}
        return await self._pulled(reading.reader, edges, reading.has_relations, reading.snapshot)

    async def _rows_by(
        self,
        authors: Ids[int],
        span: Span,
        order: ReadOrder,
        *,
        limit: int,
        snapshot: ClientSession,
        only_in_flight: bool = False,
    ) -> list[Document]:
        """Return the first rows by the authors in the span, in the order."""
        found: list[Document] = []
        remaining = list(authors)
        while remaining:
            some, remaining = remaining[:MAX_MERGED_RANGES], remaining[MAX_MERGED_RANGES:]
            query: Document = {"author": {"$in": some}, "_id": {"$gte": span.low, "$lt": span.high}}
            if only_in_flight:
                query["in_flight"] = True
            cursor = self._posts.find(query, FEED_ROW, session=snapshot).sort("_id", order.value).limit(limit)
            hinted = cursor.hint(POSTS_IN_FLIGHT if only_in_flight else POSTS_STORY)
            found += [row async for row in hinted.batch_size(ONE_ROUND_TRIP)]
        return in_order(found, span, order)[:limit]

    async def _find(self, posts: Ids[int], snapshot: ClientSession) -> list[Document]:
        if not posts:
            return []
        found = self._posts.find({"_id": {"$in": list(posts)}}, FEED_ROW, session=snapshot)
        return [row async for row in found.batch_size(ONE_ROUND_TRIP)]

    async def _followed(self, authors: Ids[int], reader: int, snapshot: ClientSession) -> set[int]:
        if not authors:
            return set()
        among = {"follower": reader, "followee": {"$in": list(authors)}}
        edges = self._follows.find(among, {"followee": 1, "_id": 0}, session=snapshot)
        return {edge["followee"] async for edge in edges.batch_size(ONE_ROUND_TRIP)}

    async def _pulled(self, reader: int, edges: Document, has_relations: bool, snapshot: ClientSession) -> list[int]:
        """Return the followees of these edges, without those of whom the feed shows nothing."""
        query = edges | {"out_of_feed": {"$ne": True}} if has_relations else edges
        found = self._follows.find(query, {"followee": 1, "_id": 0}, session=snapshot)
        followees = [edge["followee"] async for edge in found.batch_size(ONE_ROUND_TRIP)]
        if not has_relations:
            return followees
        among = {"reader": reader, "other": {"$in": followees}}
        relations = self._relations.find(among, {"other": 1, "_id": 0}, session=snapshot)
        hidden = {relation["other"] async for relation in relations.batch_size(ONE_ROUND_TRIP)}
        return [followee for followee in followees if followee not in hidden]


def _next_limit(limit: int) -> int:
    return min(max(2 * limit, REFILL), MAX_BATCH)
