"""What stands around a post: its direct replies, and the posts that quote it."""

from pymongo import ASCENDING, DESCENDING

from domain.pages import PageRequest
from domain.records import Page, Post
from domain.threads import ReplyOrder, ReplyRequest
from storage.indexes import POSTS_QUOTES, POSTS_REPLIES
from storage.mongo import Document, Mongo
from storage.post_documents import VISIBLE, to_post


class Threads:
    def __init__(self, mongo: Mongo) -> None:
        self._posts = mongo.collection("posts")

    async def replies(self, post: int, request: ReplyRequest) -> Page[Post]:
        """Return direct replies in the requested order, of all authors."""
        is_ascending = request.order is ReplyOrder.OLDEST
        beyond = {} if request.after is None else {"_id": {"$gt" if is_ascending else "$lt": request.after}}
        return await self._page(
            {"reply_to": post, **beyond}, POSTS_REPLIES, ASCENDING if is_ascending else DESCENDING, request.first
        )

    async def quotes(self, post: int, request: PageRequest) -> Page[Post]:
        """Return the posts that quote the post, newest first, of all authors."""
        quoting = {"quote": post, "_id": {"$lt": request.before}}
        return await self._page(quoting, POSTS_QUOTES, DESCENDING, request.first)

    async def _page(self, wanted: Document, index: str, direction: int, first: int) -> Page[Post]:
        cursor = self._posts.find(wanted, VISIBLE).hint(index).sort("_id", direction)
        found = [to_post(document) async for document in cursor.limit(first + 1).batch_size(first + 1)]
        return Page(found[:first], has_next=len(found) > first)
