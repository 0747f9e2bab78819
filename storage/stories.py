"""Stories: what one account has posted, by kind, newest first.

An index holds the kind before the id. A story of a post and 20,000 reposts is thus read without its reposts.
"""

from collections.abc import Set

from domain.pages import PageRequest
from domain.records import Event, Page, Post
from domain.threads import AUTHORED, StoryKind
from storage.feed.rows import is_repost, to_events
from storage.indexes import POSTS_KINDS, POSTS_PICTURED
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
        found = await self._rows(author, request, shows)
        has_next, rows = len(found) > request.first, found[: request.first]
        originals = await self._originals(rows)
        events = list(to_events(rows, originals))
        return Page(events, has_next=has_next, end=rows[-1]["_id"] if len(events) < len(rows) else None)

    async def _rows(self, author: int, request: PageRequest, shows: Set[StoryKind]) -> list[Document]:
        """Return the rows of the page and one more, if there is one: by kind, and of posts with pictures."""
        kinds = [KIND_OF[kind] for kind in StoryKind if kind in shows and kind in KIND_OF]
        sources: list[tuple[Document, str]] = []
        if kinds:
            sources.append(({"kind": {"$in": kinds}}, POSTS_KINDS))
        if StoryKind.MEDIA in shows and not shows >= AUTHORED:  # else they are there already
            sources.append(({"media": {"$exists": True}}, POSTS_PICTURED))
        rows: dict[int, Document] = {}
        for wanted, index in sources:
            query = {"author": author, "_id": {"$lt": request.before}, **wanted}
            cursor = self._documents.find(query, ROW).hint(index).sort("_id", -1)
            async for row in cursor.limit(request.first + 1).batch_size(request.first + 1):
                rows[row["_id"]] = row
        return [rows[number] for number in sorted(rows, reverse=True)[: request.first + 1]]

    async def _originals(self, rows: list[Document]) -> dict[int, Post]:
        numbers = [row["repost_of"] for row in rows if is_repost(row)]
        if not numbers:
            return {}
        return {post.id: post for post in await self._posts.find_by_ids(numbers)}
