"""Reads a feed source by source, at one instant and without bounds.

    rows(v) in [low, below) =  entries(v) at or above floor(v)
                             ∪ posts of A below push_from, for the edges v → A whose push_from > low
                             ∪ posts in flight by accounts that v follows
                             ∪ below floor(v): posts of every followee
                             … filtered to existing posts and reposts of authors that v follows

All reads of a page share one snapshot. Sources may overlap but leave no gap: a post by a followee belongs to the rows,
no matter which source returns it. A source that was read up to its limit may have more below its oldest row, so `low`
rises to that row: what is filtered afterwards leaves no hole.

Most pages are read by `storage.feed.one_query`, which has bounds. Tests compare both.
"""

from collections.abc import AsyncGenerator
from collections.abc import Collection as Ids

from storage.feed.entries import Entries
from storage.feed.rows import FeedRange, accounts_of, newest_first, oldest_if_full
from storage.indexes import POSTS_IN_FLIGHT, POSTS_STORY
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document, Mongo
from storage.post_documents import FEED_ROW

FEW_IN_FLIGHT = 200  # up to this number, all posts in flight are read and filtered by followee
SLACK = 5  # additional rows to read, since some may be stale or hidden
REFILL = 200  # rows of each source in the second range, if the first one showed too little
MAX_BATCH = 1_000
ONE_ROUND_TRIP = 10_000  # rows; the server's default for the first batch is 101


class FeedBySource:
    def __init__(self, mongo: Mongo, entries: Entries) -> None:
        self._entries = entries
        self._posts = mongo.collection("posts")
        self._follows = mongo.collection("follows")
        self._relations = mongo.collection("relations")

    async def ranges(
        self, reader: int, *, floor: int, below: int, wanted: int, has_relations: bool, snapshot: ClientSession
    ) -> AsyncGenerator[FeedRange, None]:
        """Yield one range after another, from `below` down to 0. The first has about `wanted` rows of each source."""
        limit = wanted + SLACK
        while below > floor:
            part = await self._between(reader, floor, below, limit, has_relations=has_relations, snapshot=snapshot)
            yield part
            below = part.low
            limit = _next_limit(limit)
        if below > 0:
            followees = await self._pulled(reader, {"follower": reader}, has_relations, snapshot)
            followed = set(followees)
            while below > 0:
                rows = await self._newest_by(followees, 0, below, limit=limit, snapshot=snapshot)
                below = oldest_if_full(rows, limit)
                yield FeedRange(rows, below, followed, has_relations)
                limit = _next_limit(limit)

    async def _between(
        self, reader: int, floor: int, below: int, limit: int, *, has_relations: bool, snapshot: ClientSession
    ) -> FeedRange:
        entries = await self._entries.newest(reader, floor=floor, below=below, limit=limit, session=snapshot)
        low = entries[-1] if len(entries) == limit else floor
        in_flight, oldest = await self._in_flight(reader, low, below, has_relations, limit=limit, snapshot=snapshot)
        low = max(low, oldest)
        rows = await self._find({*entries, *in_flight}, snapshot)
        above = {"follower": reader, "push_from": {"$gt": low}}
        authors = await self._pulled(reader, above, has_relations, snapshot)
        pulled = await self._newest_by(authors, low, below, limit=limit, snapshot=snapshot)
        low = max(low, oldest_if_full(pulled, limit))
        rows = newest_first([*rows, *pulled], low=low)
        followed = await self._followed(accounts_of(rows), reader, snapshot)
        return FeedRange([row for row in rows if row["author"] in followed], low, followed, has_relations)

    async def _in_flight(
        self, reader: int, low: int, below: int, has_relations: bool, *, limit: int, snapshot: ClientSession
    ) -> tuple[list[int], int]:
        """Return posts in flight in the range that followees may have written, and the id from which they are all."""
        cursor = self._posts.find({"in_flight": True}, {"_id": 1}, session=snapshot).hint(POSTS_IN_FLIGHT)
        some = [post["_id"] async for post in cursor.limit(FEW_IN_FLIGHT + 1).batch_size(ONE_ROUND_TRIP)]
        if len(some) <= FEW_IN_FLIGHT:
            return [post for post in some if low <= post < below], low
        followees = await self._pulled(reader, {"follower": reader}, has_relations, snapshot)
        newest = await self._newest_by(followees, low, below, limit=limit, snapshot=snapshot, only_in_flight=True)
        return [row["_id"] for row in newest], oldest_if_full(newest, limit)

    async def _newest_by(
        self,
        authors: Ids[int],
        low: int,
        below: int,
        *,
        limit: int,
        snapshot: ClientSession,
        only_in_flight: bool = False,
    ) -> list[Document]:
        """Return the newest rows by the authors in [low, below), newest first."""
        found: list[Document] = []
        remaining = list(authors)
        while remaining:
            some, remaining = remaining[:MAX_MERGED_RANGES], remaining[MAX_MERGED_RANGES:]
            query: Document = {"author": {"$in": some}, "_id": {"$gte": low, "$lt": below}}
            if only_in_flight:
                query["in_flight"] = True
            cursor = self._posts.find(query, FEED_ROW, session=snapshot).sort("_id", -1).limit(limit)
            hinted = cursor.hint(POSTS_IN_FLIGHT if only_in_flight else POSTS_STORY)
            found += [row async for row in hinted.batch_size(ONE_ROUND_TRIP)]
        return newest_first(found, low=low)[:limit]

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
