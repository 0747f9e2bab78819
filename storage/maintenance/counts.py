"""Compares the stored counts of followers and followees with the edges."""

from collections.abc import Collection as Ids
from collections.abc import Mapping
from typing import NamedTuple

from bson import Timestamp
from pymongo import UpdateOne
from pymongo.errors import OperationFailure

from storage.mongo import ClientSession, Document, Mongo
from storage.ranks import add_to_counts
from storage.retries import SNAPSHOT_LOST, retry_snapshot

COUNTS = {"follower_count": 1, "followee_count": 1}
NO_LIMIT = 2**62


class CountDrift(NamedTuple):
    """The difference to add to the stored counts of an account, so that they match its edges."""

    followers: int
    followees: int


class Recount(NamedTuple):
    """The progress of counting one account's edges, all at one instant. It holds only numbers, for use in messages."""

    followers: int = 0
    followees: int = 0
    end: int = 0  # index into ENDS of the end that is being counted
    after: int = -1  # the last counted edge
    time: int = 0  # the instant in MongoDB's cluster time; 0 before the first piece
    increment: int = 0

    @property
    def is_complete(self) -> bool:
        return self.end == len(ENDS)

    @property
    def read_concern(self) -> Document:
        """The read concern `snapshot`, at the instant of the first piece if there was one."""
        instant = {"atClusterTime": Timestamp(self.time, self.increment)} if self.time else {}
        return {"level": "snapshot", **instant}


ENDS = ("followee", "follower")  # an edge counts as a follower of its followee, and as a followee of its follower


class Counts:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._users = mongo.collection("users")
        self._follows = mongo.collection("follows")

    async def accounts(self, *, after: int, limit: int) -> list[int]:
        """Return accounts in the order of their ids, above the account `after`."""
        found = self._users.find({"_id": {"$gt": after}}, {"_id": 1}).sort("_id", 1)
        return [user["_id"] async for user in found.limit(limit)]

    async def next_batch(self, *, after: int, limit: int, edges: int) -> list[int]:
        """Return accounts in the order of their ids, above the account `after`: at least one, at most `limit`.

        By their stored counts they have at most `edges` edges in all. A single account may have more.
        """
        found = self._users.find({"_id": {"$gt": after}}, COUNTS).sort("_id", 1).limit(limit).batch_size(limit + 1)
        batch: list[int] = []
        async for user in found:
            edges -= _edges_of(user)
            if batch and edges < 0:
                break
            batch.append(user["_id"])
        return batch

    async def find_drift(self, users: Ids[int]) -> dict[int, CountDrift]:
        """Return the accounts whose counts differ from their edges at one instant.

        The result includes follows that have stored their edge but not yet their counts.
        """
        off = await self.find_drift_within(users, edges=NO_LIMIT)
        assert off is not None, "there is no limit"
        return off

    @retry_snapshot
    async def find_drift_within(self, users: Ids[int], *, edges: int) -> dict[int, CountDrift] | None:
        """As `find_drift`. Returns None if the accounts have more than `edges` edges, stored in counts or counted."""
        among = {"$in": list(users)}
        async with self._mongo.snapshot() as snapshot:
            accounts = [user async for user in self._users.find({"_id": among}, COUNTS, session=snapshot)]
            if sum(map(_edges_of, accounts)) > edges:
                return None
            followers = await self._edges("followee", among, snapshot, limit=edges + 1)
            followees = await self._edges("follower", among, snapshot, limit=edges + 1)
            if max(sum(followers.values()), sum(followees.values())) > edges:
                return None
        off = {
            user["_id"]: CountDrift(
                followers.get(user["_id"], 0) - user["follower_count"],
                followees.get(user["_id"], 0) - user["followee_count"],
            )
            for user in accounts
        }
        return {user: difference for user, difference in off.items() if any(difference)}

    async def add_drift(self, differences: Mapping[int, CountDrift]) -> None:
        """Add the differences to the counts. Setting the counts would lose concurrent follows."""
        changes = [
            UpdateOne({"_id": user}, add_to_counts(followers=off.followers, followees=off.followees))
            for user, off in differences.items()
        ]
        if changes:
            await self._users.bulk_write(changes, ordered=False)

    async def count_piece(self, user: int, so_far: Recount, *, limit: int) -> Recount | None:
        """Count the account's next `limit` edges as of the instant of the first piece.

        Returns None if the server no longer has a snapshot of that instant. It keeps one for five minutes by default.
        """
        end = ENDS[so_far.end]
        piece: Document = {
            "aggregate": "follows",
            "pipeline": [
                {"$match": {end: user, "_id": {"$gt": so_far.after}}},
                {"$sort": {"_id": 1}},
                {"$limit": limit},
                {"$group": {"_id": None, "edges": {"$sum": 1}, "last": {"$max": "$_id"}}},
            ],
            "hint": {end: 1, "_id": -1},
            "cursor": {},
        }
        cursor = await self._read_at(so_far, piece)
        if cursor is None:
            return None
        edges, last = next(((found["edges"], found["last"]) for found in cursor["firstBatch"]), (0, 0))
        instant: Timestamp = cursor["atClusterTime"]
        is_last = edges < limit
        return Recount(
            followers=so_far.followers + (edges if end == "followee" else 0),
            followees=so_far.followees + (edges if end == "follower" else 0),
            end=so_far.end + is_last,
            after=-1 if is_last else last,
            time=instant.time,
            increment=instant.inc,
        )

    async def drift_at(self, user: int, counted: Recount) -> CountDrift | None:
        """Return the difference at the instant of the count. None if the snapshot or the account is gone."""
        find: Document = {"find": "users", "filter": {"_id": user}, "projection": COUNTS}
        cursor = await self._read_at(counted, find)
        if cursor is None or not cursor["firstBatch"]:
            return None
        (account,) = cursor["firstBatch"]
        return CountDrift(counted.followers - account["follower_count"], counted.followees - account["followee_count"])

    async def _read_at(self, instant: Recount, command: Document) -> Document | None:
        """Run the command at the instant. None if the snapshot is lost.

        Snapshot sessions of the driver cannot choose their instant.

        Raises:
            OperationFailure: The command failed for another reason.
        """
        try:
            answer = await self._mongo.database.command({**command, "readConcern": instant.read_concern})
        except OperationFailure as error:
            if error.code not in SNAPSHOT_LOST:
                raise
            return None
        cursor: Document = answer["cursor"]
        return cursor

    async def _edges(self, end: str, among: Document, snapshot: ClientSession, *, limit: int) -> dict[int, int]:
        pipeline: list[Document] = [
            {"$match": {end: among}},
            {"$limit": limit},
            {"$group": {"_id": f"${end}", "edges": {"$sum": 1}}},
        ]
        groups = await self._mongo.aggregate(self._follows, pipeline, session=snapshot)
        return {group["_id"]: group["edges"] for group in groups}


def _edges_of(user: Document) -> int:
    """Return the number of the account's edges at both ends, by its stored counts."""
    ends: tuple[int, int] = (user["follower_count"], user["followee_count"])
    return sum(max(0, edges) for edges in ends)
