"""Reads a feed source by source, exact at one instant and without bounds.

    feed(v) in [low, below) =  entries(v) at or above floor(v)
                             ∪ posts of A below push_from, for the edges v → A whose push_from > low
                             ∪ posts in flight by accounts that v follows
                             ∪ below floor(v): posts of every followee
                             … filtered to existing posts of authors that v follows

All reads of a page share one snapshot. Sources may overlap but leave no gap: a post by a followee belongs to the feed,
no matter which source returns it.

Most pages are read by `storage.feed.one_query`, which has bounds. Tests compare both.
"""

from collections.abc import Collection as Ids
from collections.abc import Iterable

from domain.records import Post
from storage.feed.entries import Entries
from storage.indexes import POSTS_IN_FLIGHT, POSTS_STORY
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document, Mongo
from storage.posts import READABLE, to_post

FEW_IN_FLIGHT = 200  # up to this number, all posts in flight are read and filtered by followee
SLACK = 5  # additional entries to read, since some may be stale
MAX_BATCH = 1_000
ONE_ROUND_TRIP = 10_000  # rows; the server's default for the first batch is 101


class FeedBySource:
    def __init__(self, mongo: Mongo, entries: Entries) -> None:
        self._entries = entries
        self._posts = mongo.collection("posts")
        self._follows = mongo.collection("follows")

    async def newest(self, reader: int, *, floor: int, below: int, wanted: int, snapshot: ClientSession) -> list[Post]:
        """Return the newest `wanted` posts below `below`. Reads one range after another until it has enough."""
        found: list[Post] = []
        limit = wanted + SLACK
        while below > floor and len(found) < wanted:
            entries = await self._entries.newest(reader, floor=floor, below=below, limit=limit, session=snapshot)
            low = entries[-1] if len(entries) == limit else floor
            found += await self._between(reader, low, below, entries, wanted=wanted - len(found), snapshot=snapshot)
            below = low
            limit = min(2 * limit, MAX_BATCH)
        if below > 0 and len(found) < wanted:
            followees = await self._followees(reader, snapshot)
            found += await self._newest_by(followees, 0, below, limit=wanted - len(found), snapshot=snapshot)
        return found[:wanted]

    async def _between(
        self, reader: int, low: int, below: int, entries: list[int], *, wanted: int, snapshot: ClientSession
    ) -> list[Post]:
        """Return the feed's posts in [low, below), newest first: at least the newest `wanted` of them.

        `entries` must be all of the reader's entries in the range.
        """
        in_flight = await self._in_flight(reader, low, below, limit=wanted, snapshot=snapshot)
        posts = await self._find({*entries, *in_flight}, snapshot)
        pulled_or_seen = [{"push_from": {"$gt": low}}, {"followee": {"$in": list({post.author for post in posts})}}]
        edges = self._follows.find(
            {"follower": reader, "$or": pulled_or_seen}, {"followee": 1, "push_from": 1, "_id": 0}, session=snapshot
        )
        push_from = {edge["followee"]: edge["push_from"] async for edge in edges.batch_size(ONE_ROUND_TRIP)}
        kept = {post.id: post for post in posts if post.author in push_from}
        pulled = [author for author, watermark in push_from.items() if watermark > low]
        for post in await self._newest_by(pulled, low, below, limit=wanted, snapshot=snapshot):
            kept[post.id] = post
        return _newest_first(kept.values())

    async def _in_flight(self, reader: int, low: int, below: int, *, limit: int, snapshot: ClientSession) -> list[int]:
        """Return posts in flight in the range that followees may have written: all, or the newest `limit`."""
        cursor = self._posts.find({"in_flight": True}, {"_id": 1}, session=snapshot).hint(POSTS_IN_FLIGHT)
        some = [post["_id"] async for post in cursor.limit(FEW_IN_FLIGHT + 1).batch_size(ONE_ROUND_TRIP)]
        if len(some) <= FEW_IN_FLIGHT:
            return [post for post in some if low <= post < below]
        followees = await self._followees(reader, snapshot)
        newest = await self._newest_by(followees, low, below, limit=limit, snapshot=snapshot, only_in_flight=True)
        return [post.id for post in newest]

    async def _newest_by(
        self,
        authors: Ids[int],
        low: int,
        below: int,
        *,
        limit: int,
        snapshot: ClientSession,
        only_in_flight: bool = False,
    ) -> list[Post]:
        """Return the newest posts by the authors in [low, below), newest first."""
        found: list[Post] = []
        remaining = list(authors)
        while remaining:
            some, remaining = remaining[:MAX_MERGED_RANGES], remaining[MAX_MERGED_RANGES:]
            query: Document = {"author": {"$in": some}, "_id": {"$gte": low, "$lt": below}}
            if only_in_flight:
                query["in_flight"] = True
            cursor = self._posts.find(query, READABLE, session=snapshot).sort("_id", -1).limit(limit)
            hinted = cursor.hint(POSTS_IN_FLIGHT if only_in_flight else POSTS_STORY)
            found += [to_post(post) async for post in hinted.batch_size(ONE_ROUND_TRIP)]
        return _newest_first(found)[:limit]

    async def _find(self, posts: Ids[int], snapshot: ClientSession) -> list[Post]:
        if not posts:
            return []
        found = self._posts.find({"_id": {"$in": list(posts)}}, READABLE, session=snapshot)
        return [to_post(post) async for post in found.batch_size(ONE_ROUND_TRIP)]

    async def _followees(self, reader: int, snapshot: ClientSession) -> list[int]:
        edges = self._follows.find({"follower": reader}, {"followee": 1, "_id": 0}, session=snapshot)
        return [edge["followee"] async for edge in edges.batch_size(ONE_ROUND_TRIP)]


def _newest_first(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: post.id, reverse=True)
