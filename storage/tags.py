"""Posts by their tags, newest first.

Each tag is a range of one index, and the server merges the ranges of several. Without the hint it may walk all posts.
"""

from collections.abc import Sequence

from domain.pages import PageRequest
from domain.records import Page, Post
from storage.indexes import POSTS_TAGS
from storage.mongo import Mongo
from storage.post_documents import VISIBLE, to_post


class Tags:
    def __init__(self, mongo: Mongo) -> None:
        self._posts = mongo.collection("posts")

    async def page(self, tags: Sequence[str], request: PageRequest) -> Page[Post]:
        """Return the posts that have any of the tags, given by their keys, of all authors."""
        tagged = {"tags": {"$in": list(tags)}, "_id": {"$lt": request.before}}
        cursor = self._posts.find(tagged, VISIBLE).hint(POSTS_TAGS).sort("_id", -1)
        found = [to_post(post) async for post in cursor.limit(request.first + 1).batch_size(request.first + 1)]
        return Page(found[: request.first], has_next=len(found) > request.first)
