"""Compares the entries of a reader with those that its posts and follows require."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from collections.abc import Collection as Ids
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.ids import MAX_ID
from storage.feed.entries import keys_between, post_of
from storage.indexes import POSTS_IN_FLIGHT
from storage.mongo import MAX_MERGED_RANGES, ClientSession, Document, Mongo
from storage.readers import Readers
from storage.retries import retry_snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDamage:
    """Missing entries, and leftover entries, which no read shows. An entry is given by the id of its post."""

    missing: Mapping[int, Sequence[int]]  # keyed by the edge that requires them
    unfollowed: Mapping[int, Sequence[int]]  # leftovers of authors that the reader does not follow, keyed by author
    gone: Sequence[int]  # leftovers of deleted posts
    below_floor: Sequence[int]
    floor: int


DELIVERED = {"author": 1, "in_flight": 1}


class Audits:
    def __init__(self, mongo: Mongo, readers: Readers) -> None:
        self._mongo = mongo
        self._readers = readers
        self._feeds = mongo.collection("feeds")
        self._follows = mongo.collection("follows")
        self._posts = mongo.collection("posts")

    @retry_snapshot
    async def entries(self, reader: int) -> EntryDamage:
        """Return the damage at one instant, so that concurrent writes do not look like damage."""
        async with self._mongo.snapshot() as snapshot:
            floor = await self._readers.floor(reader, session=snapshot)
            edges = await self._edges(reader, snapshot)
            entries = await self._entries(reader, snapshot)
            authors = await self._authors(entries, snapshot)
            missing: dict[int, list[int]] = defaultdict(list)
            async for edge, post in self._due(edges, floor, snapshot):
                if post not in entries:
                    missing[edge].append(post)
        followees = {edge["followee"] for edge in edges}
        unfollowed: dict[int, list[int]] = defaultdict(list)
        for post, author in authors.items():
            if author not in followees and post >= floor:
                unfollowed[author].append(post)
        return EntryDamage(
            missing=missing,
            unfollowed=unfollowed,
            gone=[post for post in entries if post not in authors and post >= floor],
            below_floor=[post for post in entries if post < floor],
            floor=floor,
        )

    async def stuck(self, *, older_than: timedelta) -> list[int]:
        """Return posts in flight whose tasks were last sent before that time, or never."""
        recent = {"sent_at": {"$gte": datetime.now(UTC) - older_than}}
        found = self._posts.find({"in_flight": True, "$nor": [recent]}, {"_id": 1}).hint(POSTS_IN_FLIGHT)
        return [post["_id"] async for post in found]

    async def _edges(self, reader: int, snapshot: ClientSession) -> list[Document]:
        edges = self._follows.find({"follower": reader}, {"followee": 1, "push_from": 1}, session=snapshot)
        return [edge async for edge in edges]

    async def _entries(self, reader: int, snapshot: ClientSession) -> set[int]:
        entries = self._feeds.find({"_id": keys_between(reader, 0, MAX_ID + 1)}, {"_id": 1}, session=snapshot)
        return {post_of(entry["_id"]) async for entry in entries}

    async def _authors(self, posts: Ids[int], snapshot: ClientSession) -> dict[int, int]:
        """Return the author of each post that exists."""
        found = self._posts.find({"_id": {"$in": list(posts)}}, {"author": 1}, session=snapshot)
        return {post["_id"]: post["author"] async for post in found}

    async def _due(self, edges: list[Document], floor: int, snapshot: ClientSession) -> AsyncIterator[tuple[int, int]]:
        """Yield (edge, post) for each post that must be an entry: delivered, at or above floor and watermark."""
        steady = {edge["followee"]: edge for edge in edges if edge["push_from"] <= MAX_ID}
        authors = list(steady)
        for place in range(0, len(authors), MAX_MERGED_RANGES):
            some = {"$in": authors[place : place + MAX_MERGED_RANGES]}
            posts = self._posts.find({"author": some, "_id": {"$gte": floor}}, DELIVERED, session=snapshot)
            async for post in posts:
                edge = steady[post["author"]]
                if post["_id"] >= edge["push_from"] and not post.get("in_flight"):
                    yield edge["_id"], post["_id"]
