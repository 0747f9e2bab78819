"""Stores new posts, each with the pictures that it takes."""

from collections.abc import Sequence
from typing import TypedDict

from domain.records import Post
from storage.media import MediaStore
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Document, Mongo
from storage.post_documents import new_post, to_post


class PostParts(TypedDict, total=False):
    """What a post may have beside its text.

    It notifies the authors of the posts that it answers and quotes, and the `mentioned` accounts. It takes `media`,
    which are ids of pictures of its author.
    """

    reply_to: Post | None
    quote: Post | None
    mentioned: Sequence[int]
    media: Sequence[int]


class NewPosts:
    def __init__(self, mongo: Mongo, ids: IdGenerator, media: MediaStore) -> None:
        self._posts = mongo.collection("posts")
        self._ids = ids
        self._media = media

    async def insert(
        self, author: int, text: str, parts: PostParts, *, within: ClientSession | None, key: str | None = None
    ) -> Post:
        """Store the post, in flight. A post with pictures needs a transaction.

        Raises:
            InvalidInput: The author has no such picture, or a post has it.
            DuplicateKeyError: A unique index refuses the post.
        """
        number, media = self._ids.draw(), parts.get("media", ())
        pictures = await self._media.take(author, media, post=number, within=within) if within else []
        document: Document = new_post(
            number,
            author=author,
            text=text,
            reply_to=parts.get("reply_to"),
            quote=parts.get("quote"),
            mentioned=parts.get("mentioned", ()),
            media=pictures,
        )
        if key is not None:
            document["key"] = key
        await self._posts.insert_one(document, session=within)
        return to_post(document)
