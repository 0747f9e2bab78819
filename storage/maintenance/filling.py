"""Bulk moves of FILLING edges, for seeding: the steps of tasks/materialise.py on whole sets of edges."""

from collections import defaultdict
from collections.abc import Collection as Ids

from storage.feed.edges import IS_FILLING
from storage.indexes import FOLLOWS_FILLING
from storage.mongo import ClientSession, Document, Mongo, committed


class Filling:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._follows = mongo.collection("follows")
        self._committed = committed(self._follows)
        self._posts = committed(mongo.collection("posts"))

    async def take_over(self, token: int, *, session: ClientSession) -> None:
        """Mark every FILLING edge with the token, also if another run has marked it before."""
        filling = {"push_from": {**IS_FILLING, "$ne": token}}
        await self._follows.update_many(filling, {"$set": {"push_from": token}}, hint=FOLLOWS_FILLING, session=session)

    async def authors(self, token: int, *, session: ClientSession) -> list[int]:
        """Return the followees of the edges with the token."""
        pipeline: list[Document] = [{"$match": {"push_from": token}}, {"$group": {"_id": "$followee"}}]
        return [group["_id"] for group in await self._mongo.aggregate(self._committed, pipeline, session=session)]

    async def with_posts(self, authors: Ids[int], *, session: ClientSession) -> list[int]:
        """Return the authors that have at least one post."""
        pipeline: list[Document] = [{"$match": {"author": {"$in": list(authors)}}}, {"$group": {"_id": "$author"}}]
        return [group["_id"] for group in await self._mongo.aggregate(self._posts, pipeline, session=session)]

    async def lower_to_start(self, token: int, *, but_of: Ids[int], session: ClientSession) -> int:
        """Lower the edges with the token to 0, except those of the authors `but_of`. Return how many."""
        lowered = await self._follows.update_many(
            {"push_from": token, "followee": {"$nin": list(but_of)}},
            {"$set": {"push_from": 0}},
            hint=FOLLOWS_FILLING,
            session=session,
        )
        return lowered.modified_count

    async def by_author(self, token: int) -> dict[int, list[int]]:
        """Return the ids of the edges with the token, keyed by followee."""
        edges: dict[int, list[int]] = defaultdict(list)
        async for edge in self._follows.find({"push_from": token}, {"followee": 1}).hint(FOLLOWS_FILLING):
            edges[edge["followee"]].append(edge["_id"])
        return edges
