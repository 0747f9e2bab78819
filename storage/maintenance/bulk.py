"""Bulk inserts for seeding. Each method takes one batch and adds the rows that are missing."""

import secrets
from collections.abc import Collection as Ids
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from pymongo.errors import BulkWriteError

from domain.accounts import alias_key
from domain.records import Post, User
from storage.memory.ids import IdGenerator
from storage.mongo import DUPLICATE_KEY, Collection, Document, Mongo, insert_ignoring_duplicates
from storage.post_documents import NO_REPOST, VISIBLE, to_post
from storage.users import new_user, to_user


class NewUser(NamedTuple):
    alias: str
    first_name: str
    last_name: str


class NewEdge(NamedTuple):
    follower: int
    followee: int
    push_from: int


class NewPost(NamedTuple):
    id: int  # raised a little if it is taken
    author: int
    text: str


class Bulk:
    def __init__(self, mongo: Mongo, ids: IdGenerator) -> None:
        self._ids = ids
        self._users = mongo.collection("users")
        self._credentials = mongo.collection("credentials")
        self._follows = mongo.collection("follows")
        self._posts = mongo.collection("posts")

    async def find_users(self, aliases: Iterable[str]) -> list[User]:
        """Return the accounts that exist, in no order."""
        found = self._users.find({"alias_key": {"$in": [alias_key(alias) for alias in aliases]}})
        return [to_user(document) async for document in found]

    async def insert_users(self, users: Iterable[NewUser]) -> int:
        """Insert the accounts whose aliases are free. Return how many."""
        return await _insert(self._users, [new_user(self._ids.draw(), **user._asdict()) for user in users])

    async def insert_credentials(self, users: Ids[int], password_hash: str) -> None:
        """Store the hash for each user that has none."""
        found = self._credentials.find({"_id": {"$in": list(users)}}, {"_id": 1})
        missing = set(users) - {document["_id"] async for document in found}
        if missing:
            documents = [{"_id": user, "argon2id": password_hash} for user in missing]
            await insert_ignoring_duplicates(self._credentials, documents)

    async def insert_edges(self, edges: Sequence[NewEdge]) -> int:
        """Insert the missing edges. Return how many. `Counts` corrects the counts of both ends afterwards."""
        followers = list({edge.follower for edge in edges})
        # Query first: refusing a duplicate costs the server more than inserting an edge.
        found = self._follows.find({"follower": {"$in": followers}}, {"follower": 1, "followee": 1, "_id": 0})
        known = {(edge["follower"], edge["followee"]) async for edge in found.batch_size(100_000)}
        missing = [edge for edge in edges if (edge.follower, edge.followee) not in known]
        return await _insert(self._follows, [{"_id": self._ids.draw(), **edge._asdict()} for edge in missing])

    async def insert_posts(self, posts: Iterable[NewPost]) -> int:
        """Store the posts, in flight. Return how many."""
        now = datetime.now(UTC)
        documents: list[Document] = [
            {"_id": post.id, "author": post.author, "text": post.text, "in_flight": True, "sent_at": now}
            for post in posts
        ]
        return await _insert(self._posts, documents)

    async def find_posts(self, authors: Ids[int]) -> list[Post]:
        """Return all posts of the authors, in no order."""
        posts = self._posts.find({"author": {"$in": list(authors)}, **NO_REPOST}, VISIBLE)
        return [to_post(found) async for found in posts]


async def _insert(collection: Collection, documents: Sequence[Document]) -> int:
    """Insert the missing documents. If an id is taken, try again with another id. Return how many were inserted.

    Raises:
        BulkWriteError: A write failed for another reason than a duplicate key.
    """
    inserted = 0
    while documents:
        try:
            await collection.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            problems = error.details["writeErrors"]
            if error.details["writeConcernErrors"] or any(problem["code"] != DUPLICATE_KEY for problem in problems):
                raise
            inserted += error.details["nInserted"]
            documents = [documents[problem["index"]] for problem in problems if "_id" in problem["keyPattern"]]
            for document in documents:
                document["_id"] += 1 + secrets.randbits(8)
        else:
            return inserted + len(documents)
    return inserted
