"""Accounts to follow: those that the newest followees of a reader follow, and after them the most followed ones."""

from array import array

from cachetools import TTLCache

from storage.indexes import USERS_SEARCH
from storage.mongo import Document, Mongo

FOLLOWEES = 50  # the newest of the reader
FOLLOWED_BY_EACH = 100  # the newest of each of them
SUGGESTED = 200  # accounts, of which some may be hidden or followed when they are shown
MOST_FOLLOWED = 50
WORTH_KEEPING = 20  # with fewer, a reader has just begun to follow, and they cost little
KEPT_FOR_S = 3600
MAX_KEPT = 5_000  # readers
LATEST_FIRST = [("follower", 1), ("_id", -1)]


class Suggestions:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._follows = mongo.collection("follows")
        self._users = mongo.collection("users")
        self._kept = TTLCache[int, "array[int]"](MAX_KEPT, KEPT_FOR_S)

    async def find(self, reader: int) -> "array[int]":
        """Return accounts, the likeliest first, as they were at most KEPT_FOR_S ago. Some may be followed by now."""
        if (kept := self._kept.get(reader)) is not None:
            return kept
        followed = await self._followed_by_followees(reader)
        found = array("q", dict.fromkeys([*followed, *await self._most_followed()]))
        if len(followed) >= WORTH_KEEPING:
            self._kept[reader] = found
        return found

    async def _followed_by_followees(self, reader: int) -> list[int]:
        """Return whom the followees follow, those whom the most of them follow first, then the latest account."""
        theirs: list[Document] = [{"$sort": {"_id": -1}}, {"$limit": FOLLOWED_BY_EACH}, {"$project": {"followee": 1}}]
        pipeline: list[Document] = [
            {"$match": {"follower": reader}},
            {"$sort": {"_id": -1}},
            {"$limit": FOLLOWEES},
            {
                "$lookup": {
                    "from": "follows",
                    "localField": "followee",
                    "foreignField": "follower",
                    "pipeline": theirs,
                    "as": "theirs",
                }
            },
            {"$unwind": "$theirs"},
            {"$match": {"theirs.followee": {"$ne": reader}}},
            {"$group": {"_id": "$theirs.followee", "by": {"$sum": 1}}},
            {"$sort": {"by": -1, "_id": -1}},
            {"$limit": SUGGESTED},
        ]
        return [row["_id"] for row in await self._mongo.aggregate(self._follows, pipeline, hint=dict(LATEST_FIRST))]

    async def _most_followed(self) -> list[int]:
        popular = self._users.find({"search_rank": {"$gte": 1}}, {"_id": 1}).hint(USERS_SEARCH).sort("search_rank", -1)
        return [user["_id"] async for user in popular.limit(MOST_FOLLOWED)]
