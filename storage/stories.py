"""Stories: what one account has posted, by kind, newest first.

An index holds the kind before the id. A story of a post and 20,000 reposts is thus read without its reposts.
"""

from collections.abc import Set

from domain.pages import PageRequest
from domain.records import Event, Page, Post
from domain.threads import AUTHORED, StoryKind
from storage.feed.rows import is_repost, to_events
from storage.indexes import POSTS_KINDS
from storage.mongo import Document, Mongo
from storage.post_documents import KIND_OF, VISIBLE
from storage.posts import Posts

ROW = VISIBLE | {"repost_of": 1}


class Stories:
    def __init__(self, mongo: Mongo, posts: Posts) -> None:
        self._documents = mongo.collection("posts")
        self._posts = posts

    async def page(self, author: int, request: PageRequest, shows: Set[StoryKind] = AUTHORED) -> Page[Event]:
        """Return the events of these kinds, without reposts of what is gone. They may leave a page short."""
        kinds = [KIND_OF[kind] for kind in StoryKind if kind in shows and kind in KIND_OF]
        if not kinds:
            return Page([], has_next=False)
        wanted = {"author": author, "kind": {"$in": kinds}, "_id": {"$lt": request.before}}
        cursor = self._documents.find(wanted, ROW).hint(POSTS_KINDS).sort("_id", -1)
        rows = [row async for row in cursor.limit(request.first + 1).batch_size(request.first + 1)]
        has_next, rows = len(rows) > request.first, rows[: request.first]
        originals = await self._originals(rows)
        events = list(to_events(rows, originals))
        return Page(events, has_next=has_next, end=rows[-1]["_id"] if len(events) < len(rows) else None)

    async def _originals(self, rows: list[Document]) -> dict[int, Post]:
        numbers = [row["repost_of"] for row in rows if is_repost(row)]
        if not numbers:
            return {}
        return {post.id: post for post in await self._posts.find_by_ids(numbers)}
