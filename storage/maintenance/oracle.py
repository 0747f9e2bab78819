"""The oracle of an audit: a reader's feed by its definition, from base data, by the plainest means.

It reads posts, follows and relations, and no entries, watermarks, ledgers or floors.
"""

from collections.abc import Collection as Ids
from collections.abc import Sequence

from domain.ids import MAX_ID
from domain.pages import ReadOrder
from domain.records import Event
from domain.visibility import first_sights
from storage.feed.facts import REPOST
from storage.feed.rows import ids_of, in_order, is_repost, to_events
from storage.feed.spans import Span
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document, Mongo
from storage.post_documents import FEED_ROW, READABLE, to_post
from storage.retries import retry_snapshot
from storage.viewpoints import EDGE, RELATION, to_viewpoint

EVERYTHING = Span(0, MAX_ID + 1)


class Oracle:
    def __init__(self, mongo: Mongo, *, repeat_after: int) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._follows = mongo.collection("follows")
        self._relations = mongo.collection("relations")
        self._repeat_after = repeat_after

    @retry_snapshot
    async def newest(self, reader: int, *, limit: int) -> tuple[list[int], int]:
        """Return the newest events of the feed, and the id from which they are all.

        It looks at the newest `limit` posts and reposts of the accounts that the reader follows.
        """
        async with self._mongo.snapshot() as snapshot:
            edges = [edge async for edge in self._follows.find({"follower": reader}, EDGE, session=snapshot)]
            relations = self._relations.find({"reader": reader}, RELATION, session=snapshot)
            view = to_viewpoint(reader, edges, [relation async for relation in relations])
            rows = await self._newest(list(view.follows), limit, snapshot)
            named = {row["repost_of"] for row in rows if is_repost(row)}
            originals = await self._find(named, snapshot)
            earlier = await self._reposts(named, list(view.follows), snapshot)
        posts = {row["_id"]: to_post(row) for row in originals}
        shown = first_sights(
            view,
            to_events(rows, posts),
            earlier=[*map(Event.of, posts.values()), *to_events(earlier, posts)],
            repeat_after=self._repeat_after,
        )
        return [event.id for event in shown], EVERYTHING.complete_for(ids_of(rows), limit, ReadOrder.NEWEST_FIRST).low

    async def _newest(self, authors: Sequence[int], limit: int, snapshot: ClientSession) -> list[Document]:
        rows: list[Document] = []
        for place in range(0, len(authors), MAX_MERGED_RANGES):
            some = {"author": {"$in": authors[place : place + MAX_MERGED_RANGES]}}
            found = self._posts.find(some, FEED_ROW, session=snapshot).sort("_id", -1).limit(limit)
            rows += [row async for row in found]
        return in_order(rows, EVERYTHING, ReadOrder.NEWEST_FIRST)[:limit]

    async def _find(self, posts: Ids[int], snapshot: ClientSession) -> list[Document]:
        found = self._posts.find({"_id": {"$in": list(posts)}}, READABLE, session=snapshot)
        return [row async for row in found]

    async def _reposts(self, posts: Ids[int], by: Sequence[int], snapshot: ClientSession) -> list[Document]:
        reposts: list[Document] = []
        for place in range(0, len(by), MAX_MERGED_RANGES):
            some = {"repost_of": {"$in": list(posts)}, "author": {"$in": by[place : place + MAX_MERGED_RANGES]}}
            reposts += [row async for row in self._posts.find(some, REPOST, session=snapshot)]
        return reposts
