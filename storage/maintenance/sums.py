"""The stored sums of posts and accounts: compares the counts that reads show with base data, and corrects the sums."""

from collections.abc import Collection as Ids
from collections.abc import Mapping

from pymongo import UpdateOne

from domain.acts import ActKind
from storage.counted import FIELDS, POST, author_target
from storage.counting import (
    AUTHORED,
    POST_COUNT,
    SUMS,
    Source,
    counts_of_posts,
    counts_of_users,
    read_sources,
    to_tally,
)
from storage.mongo import ClientSession, Document, Mongo
from storage.post_documents import NO_REPOST
from storage.retries import retry_snapshot


class Sums:
    def __init__(self, mongo: Mongo) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")

    @retry_snapshot
    async def find_drift(self, *, posts: Ids[int] = (), users: Ids[int] = ()) -> dict[tuple[str, int], int]:
        """Return what is to be added to the sums of these posts and accounts, at one instant. Empty if all is right."""
        async with self._mongo.snapshot() as snapshot:
            return await self._drift(posts, users, snapshot)

    async def correct(self, *, posts: Ids[int] = (), users: Ids[int] = ()) -> int:
        """Correct the sums of these posts and accounts. Return how many counts were off. All may run meanwhile."""

        async def add(session: ClientSession) -> int:
            drift = await self._drift(posts, users, session)
            await add_to_sums(self._mongo, drift, session=session)
            return len(drift)

        return await self._mongo.transaction(add)

    async def posts_after(self, after: int, *, limit: int) -> list[int]:
        """Return posts in the order of their ids, above the post `after`."""
        found = self._posts.find({"_id": {"$gt": after}, **NO_REPOST}, {"_id": 1}).sort("_id", 1)
        return [post["_id"] async for post in found.limit(limit).batch_size(limit)]

    async def posts_by(self, author: int, *, after: int, limit: int) -> list[int]:
        """Return posts of the author in the order of their ids, above the post `after`."""
        found = self._posts.find({"author": author, "_id": {"$gt": after}, **NO_REPOST}, {"_id": 1}).sort("_id", 1)
        return [post["_id"] async for post in found.limit(limit).batch_size(limit)]

    async def _drift(self, posts: Ids[int], users: Ids[int], session: ClientSession) -> dict[tuple[str, int], int]:
        """Return the differences. Changes do not make any, so they are no drift even while all runs."""
        sources = [*counts_of_posts(posts), *counts_of_users(users)]
        shown = to_tally(await read_sources(self._mongo, sources, session=session))
        live = to_tally(await read_sources(self._mongo, _base_data(posts, users), session=session))
        drift = {counted: live[counted] - shown[counted] for counted in {*live, *shown}}
        return {counted: number for counted, number in drift.items() if number}


async def add_to_sums(mongo: Mongo, tally: Mapping[tuple[str, int], int], *, session: ClientSession) -> None:
    """Add the numbers to the sums of those posts and accounts that exist."""
    posts: dict[int, Document] = {}
    users: dict[int, int] = {}
    for (kind, target), number in tally.items():
        if not number:
            continue
        if kind == POST:
            users[author_target(target)] = number  # its own inverse
        else:
            posts.setdefault(target, {})[f"counts.{SUMS[kind]}"] = number
    if posts:
        changes = [UpdateOne({"_id": post, **NO_REPOST}, {"$inc": numbers}) for post, numbers in posts.items()]
        await mongo.collection("posts").bulk_write(changes, ordered=False, session=session)
    if users:
        changes = [UpdateOne({"_id": user}, {"$inc": {POST_COUNT: number}}) for user, number in users.items()]
        await mongo.collection("users").bulk_write(changes, ordered=False, session=session)


def _base_data(posts: Ids[int], users: Ids[int]) -> list[Source]:
    """Return the sources of what there is."""
    likes = {"post": {"$in": list(posts)}, "kind": ActKind.LIKE.value, "at": {"$exists": True}}
    named = [_counted("posts", {field: {"$in": list(posts)}}, kind, f"${field}") for kind, field in FIELDS.items()]
    authored = {"author": {"$in": list(users)}, "kind": {"$in": AUTHORED}}
    return [
        _counted("acts", likes, ActKind.LIKE.value, "$post"),
        *named,
        _counted("posts", authored, POST, {"$subtract": [0, "$author"]}),
    ]


def _counted(collection: str, wanted: Document, kind: str, target: str | Document) -> Source:
    counted = {"_id": {"kind": kind, "target": target}, "n": {"$sum": 1}}
    return Source(collection, [{"$match": wanted}, {"$group": counted}])
