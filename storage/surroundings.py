"""What stands around the posts of a list, read by one command: posts that they name, the viewer's acts, and counts.

Only what is asked for is joined, since each join costs the server as much as reading ten posts.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from domain.acts import ActKind
from domain.records import Post, PostCounts
from domain.surroundings import Wanted
from domain.visibility import Viewpoint
from storage.counting import Counting, to_counts, to_tally
from storage.feed.joins import join
from storage.indexes import POSTS_REPOSTERS
from storage.mongo import ClientSession, Document, Mongo
from storage.post_documents import NO_REPOST, VISIBLE, to_post
from storage.retries import retry_snapshot
from storage.viewpoints import join_relations, to_viewpoint

ONE_ROW: list[Document] = [{"$documents": [{}]}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """`named` are the wanted posts that exist. `view` has the viewer's relations with their authors.

    `acts` are the posts that the viewer likes, and those that it has bookmarked. `counts` has each wanted post.
    """

    view: Viewpoint
    named: Mapping[int, Post]
    reposted: Set[int]
    acts: Mapping[ActKind, Set[int]]
    counts: Mapping[int, PostCounts]


class Surroundings:
    def __init__(self, mongo: Mongo, counting: Counting) -> None:
        self._mongo = mongo
        self._counting = counting

    async def read(self, viewer: int | None, wanted: Wanted) -> Around:
        """Return what is wanted, counts at one instant. An anonymous viewer has reposted nothing, and so on."""
        joins = _joins(viewer, wanted)
        sources = await self._counting.sources(wanted.counted) if wanted.counted else []
        joins += [join(f"counts{place}", each.collection, *each.stages) for place, each in enumerate(sources)]
        reposts = _reposts(viewer, wanted)
        found: Document = {}
        if joins or reposts:
            found = await (self._read_at_once(reposts, joins) if sources else self._read(reposts, joins))
        named = map(to_post, found.get("named", ()))
        acts = found.get("acts", ())
        tally = to_tally(row for place in range(len(sources)) for row in found[f"counts{place}"])
        return Around(
            view=Viewpoint() if viewer is None else to_viewpoint(viewer, [], found.get("relations", ())),
            named={post.id: post for post in named},
            reposted=set(found.get("reposted", ())),
            acts={kind: {act["post"] for act in acts if act["kind"] == kind.value} for kind in ActKind},
            counts={post: to_counts(tally, post) for post in wanted.counted},
        )

    @retry_snapshot
    async def _read_at_once(self, reposts: Sequence[Document], joins: Sequence[Document]) -> Document:
        async with self._mongo.snapshot() as snapshot:
            return await self._read(reposts, joins, session=snapshot)

    async def _read(
        self, reposts: Sequence[Document], joins: Sequence[Document], *, session: ClientSession | None = None
    ) -> Document:
        """Return the row. It begins with the reposts, since only the first stages of a command can have a hint."""
        if reposts:
            found = await self._mongo.find_row("posts", [*reposts, *joins], session=session, hint=POSTS_REPOSTERS)
        else:
            found = await self._mongo.find_row(None, [*ONE_ROW, *joins], session=session)
        return found or {}


def _reposts(viewer: int | None, wanted: Wanted) -> list[Document]:
    """Return the stages that find which of the posts the viewer has reposted. They make one row, also of none.

    Without the hint, the server may read all posts of the viewer.
    """
    if not wanted.reposted or viewer is None:
        return []
    is_mine = {"repost_of": {"$in": list(wanted.reposted)}, "author": viewer}
    return [
        {"$match": is_mine},
        {"$project": {"_id": 0, "repost_of": 1}},
        {"$unionWith": {"pipeline": ONE_ROW}},
        {"$group": {"_id": None, "reposted": {"$push": "$repost_of"}}},
    ]


def _joins(viewer: int | None, wanted: Wanted) -> list[Document]:
    joins = []
    if wanted.named:
        is_named = {"_id": {"$in": list(wanted.named)}, **NO_REPOST}
        joins.append(join("named", "posts", {"$match": is_named}, {"$project": VISIBLE}))
    if wanted.named and viewer is not None:
        joins.append(join_relations(viewer, "named.author"))
    if wanted.acted_on and viewer is not None:
        kinds = {"$in": [kind.value for kind in ActKind]}
        by_viewer = {"post": {"$in": list(wanted.acted_on)}, "user": viewer, "kind": kinds}
        still = {"$match": {"d": {"$ne": -1}}}  # apart, since the index by which likes are folded holds `d`, too
        joins.append(join("acts", "acts", {"$match": by_viewer}, still, {"$project": {"_id": 0, "post": 1, "kind": 1}}))
    return joins
