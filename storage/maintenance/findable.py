"""Compares the tags and words by which posts are found with those of their texts, and corrects them.

A text never changes, so both are set once. Posts of versions before TAGS have neither until the migration.
"""

from dataclasses import dataclass
from typing import Any

from pymongo import UpdateOne

from storage.mongo import Document, Mongo, committed
from storage.post_documents import NO_REPOST, found_by

FIELDS = {"text": 1, "tags": 1, "words": 1}


@dataclass(frozen=True, slots=True)
class FindableBatch:
    """One batch of posts in the order of their ids. `until` is the last of them; None if there are no more."""

    until: int | None
    wrong: int  # posts whose tags or words are not those of their texts


class Findable:
    def __init__(self, mongo: Mongo) -> None:
        self._posts = mongo.collection("posts")
        self._committed = committed(self._posts)

    async def check(self, *, after: int, limit: int, repair: bool, author: int | None = None) -> FindableBatch:
        """Compare at most `limit` posts with ids above `after`, of one author if one is given.

        With `repair`, correct those that are wrong.
        """
        above = {"_id": {"$gt": after}, **NO_REPOST} | ({} if author is None else {"author": author})
        cursor = self._committed.find(above, FIELDS).sort("_id", 1).limit(limit).batch_size(limit)
        posts = [post async for post in cursor]
        changes = [UpdateOne(_same(post), change) for post in posts if (change := _change_of(post))]
        if repair and changes:
            await self._posts.bulk_write(changes, ordered=False)
        return FindableBatch(posts[-1]["_id"] if len(posts) == limit else None, len(changes))


def _same(post: Document) -> Document:
    """Match the post, and not another one that has its id meanwhile."""
    return {"_id": post["_id"], "text": post["text"]}


def _change_of(post: Document) -> Document:
    """Return the update that gives the post the fields of its text. Empty if it has them."""
    wanted = found_by(post["text"])
    set_: dict[str, Any] = {name: values for name, values in wanted.items() if post.get(name) != values}
    unset = {name: "" for name in ("tags", "words") if name in post and name not in wanted}
    return ({"$set": set_} if set_ else {}) | ({"$unset": unset} if unset else {})
