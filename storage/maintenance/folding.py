"""Folding: adds what has happened to the stored sums, in batches. A count is the same before and after.

Each batch is one transaction. It conflicts with a change of one of its documents and is then tried again, with half of
the batch each time, so that it gets through if much changes.
"""

from collections.abc import Awaitable, Callable
from itertools import count

from storage.counted import COUNTING, counts_for
from storage.counting import Tally
from storage.indexes import ACTS_UNFOLDED, POSTS_UNCOUNTED
from storage.maintenance.sums import add_to_sums
from storage.mongo import ClientSession, Document, Mongo

MOST_IN_FLIGHT = 20_000  # posts that are passed over to find some that are not in flight

Fold = Callable[[ClientSession, int], Awaitable[int]]


class Folding:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._acts = mongo.collection("acts")
        self._posts = mongo.collection("posts")

    async def fold_acts(self, *, limit: int) -> bool:
        """Add at most `limit` acts to the sums, and delete those that were taken back. Return if there may be more."""
        return await self._shrinking(self._fold_acts, limit)

    async def fold_posts(self, *, limit: int) -> bool:
        """Add at most `limit` posts and reposts to the sums of what they name. Return whether there may be more."""
        return await self._shrinking(self._fold_posts, limit)

    async def _shrinking(self, fold: Fold, limit: int) -> bool:
        halvings = count()

        async def attempt(session: ClientSession) -> bool:
            size = max(1, limit >> next(halvings))
            return await fold(session, size) == size

        return await self._mongo.transaction(attempt)

    async def _fold_acts(self, session: ClientSession, limit: int) -> int:
        unfolded = self._acts.find({"d": {"$in": [1, -1]}}, {"kind": 1, "post": 1, "d": 1}, session=session)
        acts = [act async for act in unfolded.hint(ACTS_UNFOLDED).limit(limit).batch_size(limit)]
        tally: Tally = Tally()
        for act in acts:
            tally[act["kind"], act["post"]] += act["d"]
        await add_to_sums(self._mongo, tally, session=session)
        added = [act["_id"] for act in acts if act["d"] > 0]
        taken = [act["_id"] for act in acts if act["d"] < 0]
        if added:
            await self._acts.update_many({"_id": {"$in": added}}, {"$unset": {"d": ""}}, session=session)
        if taken:
            await self._acts.delete_many({"_id": {"$in": taken}}, session=session)
        return len(acts)

    async def _fold_posts(self, session: ClientSession, limit: int) -> int:
        """Pass over posts in flight: each delivered chunk changes them, which would conflict."""
        stages: list[Document] = [
            {"$match": {"uncounted": {"$exists": True}}},
            {"$limit": MOST_IN_FLIGHT},
            {"$match": {"in_flight": {"$ne": True}}},
            {"$limit": limit},
            {"$project": COUNTING},
        ]
        posts = await self._mongo.aggregate(self._posts, stages, session=session, hint=POSTS_UNCOUNTED)
        tally = Tally(counted for post in posts for counted in counts_for(post))
        await add_to_sums(self._mongo, tally, session=session)
        if posts:
            added = {"_id": {"$in": [post["_id"] for post in posts]}}
            await self._posts.update_many(added, {"$unset": {"uncounted": ""}}, session=session)
        return len(posts)
