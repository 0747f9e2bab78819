"""Reads what a viewer and other accounts have decided about each other."""

import asyncio
from collections.abc import Collection as Ids
from collections.abc import Iterable

from domain.relations import RelationKind
from domain.visibility import FollowOptions, Viewpoint
from storage.feed.joins import join
from storage.indexes import RELATIONS_OF_READER
from storage.mongo import ClientSession, Document, Mongo

ONE_BATCH = 10_000  # rows in one answer of the server

EDGE = {"_id": 0, "followee": 1, "hides_reposts": 1, "out_of_feed": 1}
RELATION = {"_id": 0, "other": 1, "kind": 1}


class Viewpoints:
    def __init__(self, mongo: Mongo) -> None:
        self._follows = mongo.collection("follows")
        self._relations = mongo.collection("relations")

    async def read(self, viewer: int | None, accounts: Ids[int]) -> Viewpoint:
        """Return the viewer's relations and follow edges with the accounts. Reads nothing without a viewer."""
        if viewer is None or not accounts:
            return Viewpoint(viewer=viewer)
        edges, relations = await asyncio.gather(self.edges(viewer, accounts), self.relations(viewer, accounts))
        return to_viewpoint(viewer, edges, relations)

    async def read_relations(self, viewer: int | None, accounts: Ids[int]) -> Viewpoint:
        """Return as `read` does, without follow edges. That is enough to decide about posts outside of a feed."""
        if viewer is None or not accounts:
            return Viewpoint(viewer=viewer)
        return to_viewpoint(viewer, [], await self.relations(viewer, accounts))

    async def edges(self, viewer: int, accounts: Ids[int], *, session: ClientSession | None = None) -> list[Document]:
        """Return the viewer's edges to the accounts, for `to_viewpoint`."""
        query = {"follower": viewer, "followee": {"$in": list(accounts)}}
        return [edge async for edge in self._follows.find(query, EDGE, session=session).batch_size(ONE_BATCH)]

    async def relations(
        self, viewer: int, accounts: Ids[int], *, session: ClientSession | None = None
    ) -> list[Document]:
        """Return the viewer's relations with the accounts, for `to_viewpoint`."""
        query = {"reader": viewer, "other": {"$in": list(accounts)}}
        found = self._relations.find(query, RELATION, session=session).hint(RELATIONS_OF_READER)
        return [relation async for relation in found.batch_size(ONE_BATCH)]


def join_relations(viewer: int, accounts: str) -> Document:
    """Return the stage that joins the viewer's relations with the accounts in that field of the row."""
    of_viewer = {"$match": {"reader": viewer}}
    return join("relations", "relations", of_viewer, {"$project": RELATION}, on=(accounts, "other"))


def to_viewpoint(viewer: int, edges: Iterable[Document], relations: Iterable[Document]) -> Viewpoint:
    """Return what the viewer's edges and relations say."""
    others: dict[str, set[int]] = {kind.value: set() for kind in RelationKind}
    for relation in relations:
        others[relation["kind"]].add(relation["other"])
    return Viewpoint(
        viewer=viewer,
        follows={edge["followee"]: to_options(edge) for edge in edges},
        muted=others[RelationKind.MUTE.value],
        blocked=others[RelationKind.BLOCK.value],
        blocked_by=others[RelationKind.BLOCKED_BY.value],
    )


def to_options(edge: Document) -> FollowOptions:
    return FollowOptions(shows_reposts=not edge.get("hides_reposts"), is_in_feed=not edge.get("out_of_feed"))
