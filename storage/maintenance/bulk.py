"""Bulk inserts for seeding. Each method takes one batch and adds the rows that are missing."""

import secrets
from collections.abc import Collection as Ids
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pymongo.errors import BulkWriteError

from domain.accounts import alias_key
from domain.records import Post, User
from domain.segments import mentioned_aliases
from storage.acts import new_like
from storage.follows import new_edge
from storage.indexes import POSTS_IN_FLIGHT, POSTS_KEYED
from storage.memory.ids import IdGenerator
from storage.mongo import DUPLICATE_KEY, Collection, Document, Mongo, insert_ignoring_duplicates
from storage.post_documents import NO_REPOST, VISIBLE, new_post, new_repost, to_post
from storage.users import new_user, to_user


class NewUser(NamedTuple):
    alias: str
    first_name: str
    last_name: str
    bio: str = ""


class NewEdge(NamedTuple):
    follower: int
    followee: int
    push_from: int


class NewPost(NamedTuple):
    id: int  # raised a little if it is taken
    author: int
    text: str
    reply_to: Post | None = None
    quote: Post | None = None
    key: str | None = None  # if the author has a post with it, this one is not missing


class NewRepost(NamedTuple):
    id: int  # raised a little if it is taken
    author: int
    of: Post


class NewLike(NamedTuple):
    at: int
    user: int
    post: Post


class Bulk:
    def __init__(self, mongo: Mongo, ids: IdGenerator) -> None:
        self._ids = ids
        self._users = mongo.collection("users")
        self._credentials = mongo.collection("credentials")
        self._follows = mongo.collection("follows")
        self._posts = mongo.collection("posts")
        self._acts = mongo.collection("acts")

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
        return await _insert(self._follows, [new_edge(self._ids.draw(), **edge._asdict()) for edge in missing])

    async def insert_posts(self, posts: Iterable[NewPost]) -> int:
        """Store the missing posts, in flight. Return how many."""
        posts = list(posts)
        aliases = {alias for post in posts for alias in mentioned_aliases(post.text)}
        accounts = {alias_key(user.alias): user.id for user in await self.find_users(aliases)} if aliases else {}
        return await _insert(self._posts, [_document(post, accounts) for post in posts])

    async def insert_reposts(self, reposts: Iterable[NewRepost]) -> int:
        """Store the missing reposts, in flight. Return how many.

        The caller has checked that the stored data has the version for reposts. It looks again afterwards whether
        the posts are still there.
        """
        return await _insert(self._posts, [new_repost(one.id, author=one.author, of=one.of) for one in reposts])

    async def insert_likes(self, likes: Iterable[NewLike]) -> None:
        """Store the missing likes. The caller has checked that the stored data has the version for likes."""
        if documents := [new_like(like.user, like.post, at=like.at) for like in likes]:
            await insert_ignoring_duplicates(self._acts, documents)

    async def find_posts(self, authors: Ids[int]) -> list[Post]:
        """Return all posts of the authors, in no order."""
        posts = self._posts.find({"author": {"$in": list(authors)}, **NO_REPOST}, VISIBLE)
        return [to_post(found) async for found in posts]

    async def find_keyed(self, authors: Ids[int], keys: Ids[str]) -> dict[str, Post]:
        """Return the posts with these keys, by key."""
        keyed = self._posts.find({"author": {"$in": list(authors)}, "key": {"$in": list(keys)}}, VISIBLE | {"key": 1})
        return {found["key"]: to_post(found) async for found in keyed.hint(POSTS_KEYED)}

    async def find_existing(self, posts: Ids[int]) -> set[int]:
        """Return those of the ids that are ids of posts."""
        return {
            found["_id"] async for found in self._posts.find({"_id": {"$in": list(posts)}, **NO_REPOST}, {"_id": 1})
        }

    async def find_in_flight(self, authors: Ids[int]) -> list[int]:
        """Return the ids of the authors' posts and reposts that are in flight."""
        in_flight = self._posts.find({"in_flight": True, "author": {"$in": list(authors)}}, {"_id": 1})
        return [found["_id"] async for found in in_flight.hint(POSTS_IN_FLIGHT)]


def _document(post: NewPost, accounts: Mapping[str, int]) -> Document:
    """Return the document of a post. `accounts` are those that posts mention, by the keys of their aliases."""
    mentioned = [accounts[alias] for alias in mentioned_aliases(post.text) if alias in accounts]
    document = new_post(
        post.id,
        author=post.author,
        text=post.text,
        reply_to=post.reply_to,
        quote=post.quote,
        mentioned=mentioned,
    )
    return document if post.key is None else document | {"key": post.key}


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
