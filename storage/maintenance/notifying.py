"""Compares the fields by which posts, reposts, likes and follows notify with what they are made of, and corrects them.

The write that stores a document sets them. Documents of versions before these fields have none and do not notify, so a
document without its field is no damage.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from pymongo import UpdateOne

from domain.accounts import alias_key
from domain.acts import ActKind
from domain.ids import first_id_of_day, instant_of
from domain.notifications import notified_by
from domain.segments import mentioned_aliases
from domain.threads import StoryKind
from storage.buckets import bucket_of
from storage.indexes import ACTS_OF_USER, POSTS_KINDS, POSTS_STORY
from storage.mongo import Collection, Document, Mongo
from storage.post_documents import KIND_OF, NO_REPOST
from storage.users import Users

BATCH = 1_000  # documents
EXISTS = {"$exists": True}
# An account that is older than a post by this much was there when the post was stored, even if clocks differ.
SURELY_BEFORE = timedelta(minutes=10)


class Notifying:
    def __init__(self, mongo: Mongo, users: Users) -> None:
        self._posts, self._acts, self._follows = (mongo.collection(name) for name in ("posts", "acts", "follows"))
        self._users = users

    async def check(self, account: int, *, repair: bool) -> int:
        """Return how many of the account's documents notify wrongly. With `repair`, correct them."""
        return sum(
            [
                await self._check_posts(account, repair=repair),
                await self._check_reposts(account, repair=repair),
                await self._check_likes(account, repair=repair),
                await self._check_follows(account, repair=repair),
            ]
        )

    async def _check_posts(self, author: int, *, repair: bool) -> int:
        matching, wrong = {"author": author, "notifies": EXISTS, **NO_REPOST}, 0
        fields = dict.fromkeys(("text", "reply_to_author", "quote_author", "notifies"), 1)
        async for posts in _batches(self._posts, matching, fields, POSTS_STORY):
            aliases = [mentioned_aliases(post["text"]) for post in posts]
            found = await self._users.find_by_aliases({alias for some in aliases for alias in some})
            accounts = {alias_key(user.alias): user.id for user in found}
            wanted = [
                {"notifies": _notified(author, post, [accounts[alias] for alias in some if alias in accounts])}
                for post, some in zip(posts, aliases, strict=True)
            ]
            wrong += await _correct(self._posts, posts, wanted, repair=repair)
        return wrong

    async def _check_reposts(self, author: int, *, repair: bool) -> int:
        matching, wrong = {"author": author, "kind": KIND_OF[StoryKind.REPOST], "bucket": EXISTS}, 0
        fields = dict.fromkeys(("repost_of", "original_author", "bucket"), 1)
        async for reposts in _batches(self._posts, matching, fields, POSTS_KINDS):
            wanted = [
                {"bucket": None if one["original_author"] == author else bucket_of(one["_id"], one["repost_of"])}
                for one in reposts
            ]
            wrong += await _correct(self._posts, reposts, wanted, repair=repair)
        return wrong

    async def _check_likes(self, user: int, *, repair: bool) -> int:
        matching, wrong = {"user": user, "kind": ActKind.LIKE.value, "at": EXISTS, "bucket": EXISTS}, 0
        fields = dict.fromkeys(("post", "at", "author", "bucket"), 1)
        async for likes in _batches(self._acts, matching, fields, ACTS_OF_USER):
            posts = self._posts.find({"_id": {"$in": [like["post"] for like in likes]}}, {"author": 1})
            authors = {post["_id"]: post["author"] async for post in posts}
            wanted = []
            for like in likes:
                author = authors.get(like["post"], like.get("author"))  # a deleted post tells none
                bucket = bucket_of(like["at"], like["post"])
                own = {"author": None, "bucket": None}
                wanted.append(own if author == user else {"author": author, "bucket": bucket})
            wrong += await _correct(self._acts, likes, wanted, repair=repair)
        return wrong

    async def _check_follows(self, follower: int, *, repair: bool) -> int:
        matching, wrong = {"follower": follower, "day": EXISTS}, 0
        async for edges in _batches(self._follows, matching, {"day": 1}, [("follower", 1), ("_id", -1)]):
            wanted = [{"day": first_id_of_day(edge["_id"])} for edge in edges]
            wrong += await _correct(self._follows, edges, wanted, repair=repair)
        return wrong


def _notified(author: int, post: Document, mentioned: Sequence[int]) -> list[int]:
    """Return whom the post notifies. An account that is newer than the post may have missed its mention."""
    before = instant_of(post["_id"]) - SURELY_BEFORE
    there = [account for account in mentioned if instant_of(account) < before or account in post["notifies"]]
    named = (post.get("reply_to_author"), post.get("quote_author"))
    return notified_by(author, mentioned=[*(account for account in named if account is not None), *there])


async def _batches(
    collection: Collection, matching: Document, fields: Document, index: str | list[tuple[str, int]]
) -> AsyncIterator[list[Document]]:
    batch: list[Document] = []
    async for document in collection.find(matching, fields).hint(index).batch_size(BATCH):
        batch.append(document)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _correct(
    collection: Collection, found: Sequence[Document], wanted: Sequence[Document], *, repair: bool
) -> int:
    """Return how many documents differ from what is wanted, where None is a field that is not there."""
    changes = []
    for document, fields in zip(found, wanted, strict=True):
        if any(document.get(name) != value for name, value in fields.items()):
            set_ = {name: value for name, value in fields.items() if value is not None}
            unset = {name: "" for name, value in fields.items() if value is None}
            operators = {"$set": set_, "$unset": unset}
            changes.append(UpdateOne(document, {name: part for name, part in operators.items() if part}))
    if repair and changes:
        await collection.bulk_write(changes, ordered=False)
    return len(changes)
