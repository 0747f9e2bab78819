"""What stands around the posts of a list, read by one command: the posts that they name, and the viewer's acts on them.

Only what is asked for is joined, since each join costs the server as much as reading ten posts.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from domain.records import Post
from domain.surroundings import Wanted
from domain.visibility import Viewpoint
from storage.feed.joins import join
from storage.mongo import Document, Mongo
from storage.post_documents import NO_REPOST, VISIBLE, to_post
from storage.viewpoints import RELATION, to_viewpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """`named` are the wanted posts that exist. `view` has the viewer's relations with their authors."""

    view: Viewpoint
    named: Mapping[int, Post]
    reposted: Set[int]


class Surroundings:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo

    async def read(self, viewer: int | None, wanted: Wanted) -> Around:
        """Return what is wanted. An anonymous viewer has reposted nothing, and has no relations."""
        joins = _joins(viewer, wanted)
        found: Document = {}
        if joins:
            (found,) = await self._mongo.aggregate(self._mongo.database, [{"$documents": [{}]}, *joins])
        named = map(to_post, found.get("named", ()))
        return Around(
            view=Viewpoint() if viewer is None else to_viewpoint(viewer, [], found.get("relations", ())),
            named={post.id: post for post in named},
            reposted={repost["repost_of"] for repost in found.get("reposted", ())},
        )


def _joins(viewer: int | None, wanted: Wanted) -> list[Document]:
    joins = []
    if wanted.named:
        is_named = {"_id": {"$in": list(wanted.named)}, **NO_REPOST}
        joins.append(join("named", "posts", {"$match": is_named}, {"$project": VISIBLE}))
    if wanted.named and viewer is not None:
        of_viewer = {"$match": {"reader": viewer}}
        joins.append(join("relations", "relations", of_viewer, {"$project": RELATION}, on=("named.author", "other")))
    if wanted.reposted and viewer is not None:
        is_mine = {"repost_of": {"$in": list(wanted.reposted)}, "author": viewer}
        joins.append(join("reposted", "posts", {"$match": is_mine}, {"$project": {"_id": 0, "repost_of": 1}}))
    return joins
