"""The counts of followers and followees, compared with the edges they follow."""

from collections.abc import Collection as Ids
from collections.abc import Mapping
from typing import NamedTuple

from pymongo import UpdateOne

from storage.mongo import Document, Mongo, Session, retry_snapshot

# How followed an account is, coarsely: each next rank takes twice as many followers. The index of searches orders by
# it, and need not be touched by every follow.
RANK: Document = {"$floor": {"$log": [{"$add": [{"$max": ["$follower_count", 0]}, 1]}, 2]}}


class Off(NamedTuple):
    """What has to be added to an account's counts."""

    followers: int
    followees: int


class Counts:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")
        self._follows = mongo.collection("follows")

    async def accounts(self, *, after: int, limit: int) -> list[int]:
        """Accounts in the order of their ids, beyond the account `after`."""
        found = self._users.find({"_id": {"$gt": after}}, {"_id": 1}).sort("_id", 1)
        return [user["_id"] async for user in found.limit(limit)]

    @retry_snapshot
    async def find_off(self, users: Ids[int]) -> dict[int, Off]:
        """Those of the accounts whose counts differ from their edges, at one instant.

        A follow or unfollow that stands between its edge and its counts at that instant is among them.
        """
        among = {"$in": list(users)}
        async with self._mongo.snapshot() as snapshot:
            counted = self._users.find({"_id": among}, {"follower_count": 1, "followee_count": 1}, session=snapshot)
            accounts = [user async for user in counted]
            followers = await self._edges("followee", among, snapshot)
            followees = await self._edges("follower", among, snapshot)
        off = {
            user["_id"]: Off(
                followers.get(user["_id"], 0) - user["follower_count"],
                followees.get(user["_id"], 0) - user["followee_count"],
            )
            for user in accounts
        }
        return {user: difference for user, difference in off.items() if any(difference)}

    async def add(self, differences: Mapping[int, Off]) -> None:
        """Added and not set, so that follows made meanwhile are kept."""
        changes = [
            UpdateOne({"_id": user}, moving(followers=off.followers, followees=off.followees))
            for user, off in differences.items()
        ]
        if changes:
            await self._users.bulk_write(changes, ordered=False)

    async def _edges(self, end: str, among: Document, snapshot: Session) -> dict[int, int]:
        pipeline: list[Document] = [{"$match": {end: among}}, {"$group": {"_id": f"${end}", "edges": {"$sum": 1}}}]
        groups = await self._mongo.aggregate(self._follows, pipeline, session=snapshot)
        return {group["_id"]: group["edges"] for group in groups}


def moving(*, followers: int, followees: int = 0) -> list[Document]:
    """The update that adds to an account's counts, its rank in step with them."""
    counts = {
        "follower_count": {"$add": ["$follower_count", followers]},
        "followee_count": {"$add": ["$followee_count", followees]},
    }
    return [{"$set": counts}, {"$set": {"search_rank": RANK}}]
