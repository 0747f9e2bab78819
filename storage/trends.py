"""The use of tags within a day, counted by a task and stored for trends and for the search for tags.

A tag stays for TAGS_KEPT_FOR (`storage.indexes`) after its last post, so that a search still finds it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bson import MinKey
from pymongo import UpdateOne

from domain.ids import first_id_at
from domain.segments import cut_segments
from domain.tags import tag_key
from domain.trends import MAX_TRENDS, TREND_DAY, TagUse, Trend
from storage.indexes import TAG_USES_BEGINNING, TAG_USES_RISING
from storage.mongo import Document, Mongo

COUNTED_POSTS = 100_000  # the newest of a day; if there are more, counts are estimated from these
LAST = "\U0010ffff"
EXAMINED = 1_000  # tags that one search examines, the most used first
ONE_BATCH = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUse:
    key: str
    use: TagUse
    rise: float


class Trends:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._uses = mongo.collection("tag_uses")

    async def count_day(self, until: datetime) -> dict[str, TagUse]:
        """Return the use of the most used tags, by their keys, in the day before `until`, scaled to the whole day."""
        begin, end = first_id_at(until - TREND_DAY), first_id_at(until)
        low = await self._lowest_counted(begin, end)
        scale = (end - begin) / (end - low)
        counts = {"posts": {"$sum": "$posts"}, "authors": {"$sum": 1}, "newest": {"$max": "$newest"}}
        pipeline: list[Document] = [
            {"$match": {"_id": {"$gte": low, "$lt": end}, "tags": {"$exists": True}}},
            {"$unwind": "$tags"},
            {
                "$group": {
                    "_id": {"tag": "$tags", "author": "$author"},
                    "posts": {"$sum": 1},
                    "newest": {"$max": "$_id"},
                }
            },
            {"$group": {"_id": "$_id.tag", **counts}},
            {"$sort": {"posts": -1, "_id": 1}},
            {"$limit": MAX_TRENDS},
        ]
        found = await self._mongo.aggregate(self._posts, pipeline, hint="_id_")
        return {
            row["_id"]: TagUse(posts=row["posts"] * scale, authors=row["authors"] * scale, newest=row["newest"])
            for row in found
        }

    async def store(self, uses: Iterable[StoredUse], *, now: datetime) -> None:
        """Store the uses. All other tags are not used within the day."""
        stored = list(uses)
        for place in range(0, len(stored), ONE_BATCH):
            some = stored[place : place + ONE_BATCH]
            spelt = await self._spellings(some)
            changes = [
                UpdateOne({"_id": each.key}, {"$set": _document(each, spelt, now)}, upsert=True) for each in some
            ]
            await self._uses.bulk_write(changes, ordered=False)
        unused = {"posts": 0, "rank": 0, "rise": 0.0}
        await self._uses.update_many({"rank": {"$gt": 0}, "seen_at": {"$lt": now}}, {"$set": unused})

    async def rising(self, *, most: int) -> list[Trend]:
        """Return the tags whose use has risen, the most risen first."""
        found = self._uses.find({"rise": {"$gt": 0}}).hint(TAG_USES_RISING).sort([("rise", -1), ("_id", 1)]).limit(most)
        return [_to_trend(row) async for row in found]

    async def beginning(self, start: str, *, most: int) -> list[Trend]:
        """Return the tags whose keys begin so, the most used first."""
        pipeline: list[Document] = [
            {"$match": {"rank": {"$gte": MinKey()}, "_id": {"$gte": start, "$lt": start + LAST}}},
            {"$sort": {"rank": -1}},
            {"$limit": EXAMINED},
            {"$sort": {"posts": -1, "_id": 1}},
            {"$limit": most},
        ]
        return [_to_trend(row) for row in await self._mongo.aggregate(self._uses, pipeline, hint=TAG_USES_BEGINNING)]

    async def _lowest_counted(self, begin: int, end: int) -> int:
        """Return the id from which posts are counted: `begin`, or above it that of the oldest of COUNTED_POSTS."""
        day = self._posts.find({"_id": {"$gte": begin, "$lt": end}}, {"_id": 1}).sort("_id", -1)
        beyond = await day.skip(COUNTED_POSTS - 1).limit(1).to_list(1)
        return int(beyond[0]["_id"]) if beyond else begin

    async def _spellings(self, uses: Sequence[StoredUse]) -> dict[str, str]:
        """Return the tags as their newest posts have written them, by their keys."""
        newest = {each.use.newest for each in uses}
        texts = self._posts.find({"_id": {"$in": list(newest)}}, {"text": 1}).batch_size(ONE_BATCH + 1)
        spelt: dict[str, str] = {}
        async for post in texts:
            tags = [segment.tag for segment in cut_segments(post.get("text", "")) if segment.tag is not None]
            spelt |= {tag_key(tag): tag for tag in tags}
        return spelt


def _document(stored: StoredUse, spelt: dict[str, str], now: datetime) -> Document:
    posts = max(1, round(stored.use.posts))
    return {
        "tag": spelt.get(stored.key, stored.key),
        "posts": posts,
        "rank": posts.bit_length(),  # the index orders by it, so that most runs do not change the index
        "rise": stored.rise,
        "seen_at": now,
    }


def _to_trend(row: Document) -> Trend:
    return Trend(tag=row["tag"], post_count=row["posts"])
