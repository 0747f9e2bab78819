"""Reads what a viewer and other accounts have decided about each other."""

import asyncio
from collections.abc import Collection as Ids

from domain.visibility import Viewpoint
from storage.feed.facts import EDGE, RELATION, to_viewpoint
from storage.indexes import RELATIONS_OF_READER
from storage.mongo import Document, Mongo

ONE_BATCH = 10_000  # rows in one answer of the server


class Viewpoints:
    def __init__(self, mongo: Mongo) -> None:
        self._follows = mongo.collection("follows")
        self._relations = mongo.collection("relations")

    async def read(self, viewer: int | None, accounts: Ids[int]) -> Viewpoint:
        """Return the viewer's relations and follow edges with the accounts. Reads nothing without a viewer."""
        if viewer is None or not accounts:
            return Viewpoint(viewer=viewer)
        edges, relations = await asyncio.gather(self._edges(viewer, accounts), self._with(viewer, accounts))
        return to_viewpoint(viewer, edges, relations)

    async def read_relations(self, viewer: int | None, accounts: Ids[int]) -> Viewpoint:
        """Return as `read` does, without follow edges. That is enough to decide about posts outside of a feed."""
        if viewer is None or not accounts:
            return Viewpoint(viewer=viewer)
        return to_viewpoint(viewer, [], await self._with(viewer, accounts))

    async def _edges(self, viewer: int, accounts: Ids[int]) -> list[Document]:
        found = self._follows.find({"follower": viewer, "followee": {"$in": list(accounts)}}, EDGE)
        return [edge async for edge in found.batch_size(ONE_BATCH)]

    async def _with(self, viewer: int, accounts: Ids[int]) -> list[Document]:
        found = self._relations.find({"reader": viewer, "other": {"$in": list(accounts)}}, RELATION)
        return [relation async for relation in found.hint(RELATIONS_OF_READER).batch_size(ONE_BATCH)]
