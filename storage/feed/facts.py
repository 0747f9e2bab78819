"""Reads the facts from which `domain.visibility` decides about the rows of a range: posts, follows and relations.

One command joins them, since the number of commands costs this process most, and the number of joins costs the server.
If the query for the rows has joined them already (storage.feed.few_followees), there is no further command.
Earlier reposts of the same posts are found from the side of the reposts, up to a bound. Beyond it, post by post, from
the side of the reposts or of the reader's followees.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.records import Event
from domain.visibility import Viewpoint
from storage.feed.joins import join
from storage.feed.rows import is_repost, to_events
from storage.indexes import POSTS_REPOSTERS, POSTS_REPOSTS
from storage.mongo import ClientSession, Document, Mongo
from storage.post_documents import READABLE, to_post
from storage.viewpoints import EDGE, Viewpoints, join_relations, to_viewpoint

EARLIER = 2_000  # reposts that one command reads
FOLLOWEES = 1_000  # accounts that one command asks for
ONE_ROUND_TRIP = 10_000  # rows; the server's default for the first batch is 101

REPOST = {"author": 1, "repost_of": 1}
NAMED = ("author", "reply_to_author", "original_author")  # the fields of a row that hold accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`events` are the rows whose posts exist. `earlier` are other events of their posts."""

    view: Viewpoint
    events: Sequence[Event]
    earlier: Sequence[Event]


class FeedFacts:
    def __init__(self, mongo: Mongo, *, repeat_after: int) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._follows = mongo.collection("follows")
        self._viewpoints = Viewpoints(mongo)
        self._repeat_after = repeat_after

    async def read(self, reader: int, rows: Sequence[Document], *, snapshot: ClientSession) -> Facts:
        """Return what decides about the rows, at the instant of the snapshot."""
        reposts = [row for row in rows if is_repost(row)]
        command = _command(reader, rows, reposts, self._repeat_after)
        found = await self._mongo.find_row(None, command, session=snapshot)
        assert found is not None
        if facts := joined_facts(reader, rows, found):
            return facts
        earlier = await self._earlier(reader, reposts, snapshot)
        reposters = {repost["author"] for repost in earlier}
        edges = found["edges"] + await self._viewpoints.edges(reader, reposters, session=snapshot)
        relations = found["relations"] + await self._viewpoints.relations(reader, reposters, session=snapshot)
        return _to_facts(reader, rows, found | {"edges": edges, "relations": relations, "earlier": earlier})

    async def _earlier(self, reader: int, reposts: Sequence[Document], snapshot: ClientSession) -> list[Document]:
        """Return the earlier reposts, post by post."""
        followees: list[int] | None = None
        found: list[Document] = []
        for post in {repost["repost_of"] for repost in reposts}:
            window = _window([repost for repost in reposts if repost["repost_of"] == post], self._repeat_after)
            cursor = self._posts.find({"repost_of": post, "_id": window}, REPOST, session=snapshot)
            some = await cursor.hint(POSTS_REPOSTS).limit(EARLIER + 1).batch_size(ONE_ROUND_TRIP).to_list(EARLIER + 1)
            if len(some) <= EARLIER:
                found += some
                continue
            if followees is None:
                followees = await self._followees(reader, snapshot)
            found += await self._reposts_by(followees, post, snapshot)
        return found

    async def _reposts_by(self, accounts: Sequence[int], post: int, snapshot: ClientSession) -> list[Document]:
        found: list[Document] = []
        for place in range(0, len(accounts), FOLLOWEES):
            authors = {"$in": list(accounts[place : place + FOLLOWEES])}
            cursor = self._posts.find({"repost_of": post, "author": authors}, REPOST, session=snapshot)
            found += [repost async for repost in cursor.hint(POSTS_REPOSTERS).batch_size(ONE_ROUND_TRIP)]
        return found

    async def _followees(self, reader: int, snapshot: ClientSession) -> list[int]:
        edges = self._follows.find({"follower": reader}, {"_id": 0, "followee": 1}, session=snapshot)
        return [edge["followee"] async for edge in edges.batch_size(ONE_ROUND_TRIP)]


def joined_facts(reader: int, rows: Sequence[Document], found: Document) -> Facts | None:
    """Return the facts that a query has joined. None if there are too many earlier reposts for one query."""
    return None if len(found["earlier"]) > EARLIER else _to_facts(reader, rows, found)


def _to_facts(reader: int, rows: Sequence[Document], found: Document) -> Facts:
    posts = {post["_id"]: to_post(post) for post in found["originals"]}
    return Facts(
        view=to_viewpoint(reader, found["edges"], found["relations"]),
        events=list(to_events(rows, posts)),
        earlier=[*map(Event.of, posts.values()), *to_events(found["earlier"], posts)],
    )


def _window(reposts: Sequence[Document], repeat_after: int) -> Document:
    """Return the range of ids in which an earlier repost hides one of these."""
    ids = [repost["_id"] for repost in reposts]
    return {"$gte": min(ids, default=0) - repeat_after, "$lt": max(ids, default=0)}


def _command(reader: int, rows: Sequence[Document], reposts: Sequence[Document], repeat_after: int) -> list[Document]:
    """Return the stages that join the facts."""
    posts = list({repost["repost_of"] for repost in reposts})
    named = {row[field] for row in rows for field in NAMED if row.get(field) is not None}
    decisive = {"$setUnion": [list(named), "$originals.reply_to_author"]}
    return [
        {"$documents": [{}]},
        join("originals", "posts", {"$match": {"_id": {"$in": posts}}}, {"$project": READABLE}),
        join(
            "earlier",
            "posts",
            {"$match": {"repost_of": {"$in": posts}, "_id": _window(reposts, repeat_after)}},
            {"$limit": EARLIER + 1},
            {"$project": REPOST},
        ),
        {"$set": {"accounts": {"$setUnion": [decisive, "$earlier.author"]}}},
        join("edges", "follows", {"$match": {"follower": reader}}, {"$project": EDGE}, on=("accounts", "followee")),
        {"$set": {"accounts": {"$setUnion": [decisive, "$edges.followee"]}}},
        join_relations(reader, "accounts"),
        {"$project": {"originals": 1, "earlier": 1, "edges": 1, "relations": 1}},
    ]
