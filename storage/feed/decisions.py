"""Decides about one event for many readers, as pages decide about many events for one reader.

Live updates ask it. It reads the facts once for all readers that ask together, and `domain.visibility` decides.
"""

from collections import defaultdict
from collections.abc import Collection as Ids
from collections.abc import Mapping, Sequence

from domain.records import Event
from domain.visibility import first_sights
from storage.feed.facts import EARLIER, REPOST
from storage.feed.rows import is_repost, to_events
from storage.indexes import POSTS_REPOSTS
from storage.mongo import ClientSession, Collection, Document, Mongo
from storage.post_documents import FEED_ROW, READABLE, to_post
from storage.retries import retry_snapshot
from storage.viewpoints import EDGE, RELATION, to_viewpoint

READERS = 500  # that one command asks for
ONE_ROUND_TRIP = 10_000  # rows; the server's default for the first batch is 101


class TooManyReposts(Exception):
    """A post has more earlier reposts than one decision reads: the reader's own page finds out."""


class FeedDecisions:
    def __init__(self, mongo: Mongo, *, repeat_after: int) -> None:
        self._mongo = mongo
        self._posts = mongo.collection("posts")
        self._follows = mongo.collection("follows")
        self._relations = mongo.collection("relations")
        self._repeat_after = repeat_after

    async def find_event(self, number: int) -> Event | None:
        """Return the event at this place of feeds. None if its post or the repost does not exist."""
        row = await self._posts.find_one({"_id": number}, FEED_ROW)
        if row is None:
            return None
        original = await self._posts.find_one({"_id": row["repost_of"]}, READABLE) if is_repost(row) else None
        return next(to_events([row], {original["_id"]: to_post(original)} if original else {}), None)

    @retry_snapshot
    async def shown_among(self, event: Event, readers: Sequence[int]) -> set[int]:
        """Return the readers whose feed shows the event.

        Raises:
            TooManyReposts: More than EARLIER reposts would have to be looked at.
        """
        async with self._mongo.snapshot() as snapshot:
            earlier = await self._earlier(event, snapshot) if event.is_repost else []
            named = {event.actor, event.post.author, *(one.actor for one in earlier)}
            if event.post.reply_to_author is not None:
                named.add(event.post.reply_to_author)
            shown: set[int] = set()
            for place in range(0, len(readers), READERS):
                some = readers[place : place + READERS]
                edges = await self._by_reader(self._follows, "follower", some, "followee", named, EDGE, snapshot)
                relations = await self._by_reader(self._relations, "reader", some, "other", named, RELATION, snapshot)
                for reader in some:
                    view = to_viewpoint(reader, edges[reader], relations[reader])
                    if first_sights(view, [event], earlier=earlier, repeat_after=self._repeat_after):
                        shown.add(reader)
        return shown

    async def _earlier(self, event: Event, snapshot: ClientSession) -> list[Event]:
        """Return the other events of the post that may have come by before.

        Raises:
            TooManyReposts: There are more than EARLIER.
        """
        window = {"repost_of": event.post.id, "_id": {"$gte": event.id - self._repeat_after, "$lt": event.id}}
        cursor = self._posts.find(window, REPOST, session=snapshot).hint(POSTS_REPOSTS).limit(EARLIER + 1)
        rows = [row async for row in cursor.batch_size(ONE_ROUND_TRIP)]
        if len(rows) > EARLIER:
            raise TooManyReposts
        return [Event.of(event.post), *to_events(rows, {event.post.id: event.post})]

    async def _by_reader(
        self,
        collection: Collection,
        reader: str,
        readers: Sequence[int],
        other: str,
        accounts: Ids[int],
        fields: Document,
        snapshot: ClientSession,
    ) -> Mapping[int, list[Document]]:
        found: dict[int, list[Document]] = defaultdict(list)
        query = {reader: {"$in": list(readers)}, other: {"$in": list(accounts)}}
        cursor = collection.find(query, fields | {reader: 1}, session=snapshot)
        async for document in cursor.batch_size(ONE_ROUND_TRIP):
            found[document[reader]].append(document)
        return found
