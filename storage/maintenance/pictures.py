"""Compares the pictures that posts show with the documents of pictures, from which files are kept or deleted."""

from collections.abc import Collection as Ids
from collections.abc import Sequence
from dataclasses import dataclass

from domain.records import Media, Post
from storage.indexes import POSTS_PICTURED
from storage.media import MediaStore
from storage.mongo import ClientSession, Mongo
from storage.post_documents import new_media, to_post
from storage.retries import retry_snapshot


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture that a post shows. `is_held` tells whether its document says so, too."""

    post: int
    owner: int
    media: Media
    is_held: bool


class Pictures:
    def __init__(self, mongo: Mongo, store: MediaStore) -> None:
        self._mongo = mongo
        self._store = store
        self._media = mongo.collection("media")
        self._posts = mongo.collection("posts")

    @retry_snapshot
    async def shown_by(self, authors: Ids[int]) -> list[ShownPicture]:
        """Return the pictures of the authors' posts at one instant."""
        async with self._mongo.snapshot() as snapshot:
            query = {"author": {"$in": list(authors)}, "media": {"$exists": True}}
            cursor = self._posts.find(query, {"author": 1, "text": 1, "media": 1}, session=snapshot)
            posts = [to_post(found) async for found in cursor.hint(POSTS_PICTURED)]
            pictures = [one.id for post in posts for one in post.media]
            held = self._media.find({"_id": {"$in": pictures}}, {"post": 1}, session=snapshot)
            holders = {found["_id"]: found.get("post") async for found in held}
        return [
            ShownPicture(post.id, post.author, media, holders.get(media.id) == post.id)
            for post in posts
            for media in post.media
        ]

    async def hold_again(self, shown: ShownPicture) -> None:
        """Store the document of a picture anew, as the post knows it."""
        document = {"owner": shown.owner, "post": shown.post, **new_media(shown.media)}
        await self._media.replace_one({"_id": shown.media.id}, document, upsert=True)

    async def give(self, post: Post, media: Sequence[int]) -> None:
        """Give pictures of its author to a seeded post that has none, in one transaction.

        Raises:
            InvalidInput: One is of another account, or stands in a post.
        """

        async def attach(session: ClientSession) -> None:
            pictures = await self._store.take(post.author, media, post=post.id, within=session)
            documents = [{"id": one.id, **new_media(one)} for one in pictures]
            await self._posts.update_one({"_id": post.id}, {"$set": {"media": documents}}, session=session)

        await self._mongo.transaction(attach)
