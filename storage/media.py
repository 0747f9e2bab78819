"""Pictures of posts: a document for each, and its files. A post takes pictures in the transaction that stores it.

So a picture that has a post had it from the moment on at which the post existed, and one whose post is missing is of a
deleted post. Files are stored before their document, and deleted after it.
"""

import secrets
from collections.abc import Collection as Ids
from collections.abc import Mapping, Sequence, Set
from datetime import datetime

from pymongo import ASCENDING, ReturnDocument

from domain.errors import FieldError, FieldErrorCode, InvalidInput
from domain.ids import first_id_at
from domain.media import NOT_FREE, sizes_of
from domain.records import Media
from storage.memory.ids import IdGenerator
from storage.mongo import ClientSession, Document, Mongo, committed
from storage.pictures.files import OpenFile, PictureFiles, picture_of
from storage.post_documents import NO_REPOST, new_media, to_media

ID_DIGITS = 16  # the hexadecimal digits of an id, with which the name of a file begins
SHOWN = {"post": 1, "file": 1}
FREE: Document = {"post": None}  # also matches documents without the field


class MediaStore:
    def __init__(self, mongo: Mongo, ids: IdGenerator, files: PictureFiles) -> None:
        self._mongo = mongo
        self._media = mongo.collection("media")
        self._committed = committed(self._media)
        self._posts = mongo.collection("posts")
        self._ids = ids
        self._files = files

    async def insert_media(
        self, owner: int, renditions: Mapping[int, bytes], *, size: tuple[int, int], alt: str, placeholder: bytes
    ) -> Media:
        """Store a picture that has no post yet, with its files by the longer side in pixels.

        Raises:
            PicturesUnavailable: The store does not answer.
        """
        number = self._ids.draw()
        file = f"{number:0{ID_DIGITS}x}{secrets.token_hex(8)}"  # the address of an unposted picture cannot be guessed
        for side, content in renditions.items():
            await self._files.put(f"{file}/{side}", content)
        media = Media(id=number, file=file, width=size[0], height=size[1], alt=alt, placeholder=placeholder)
        await self._media.insert_one({"_id": number, "owner": owner, **new_media(media)})
        return media

    async def describe(self, owner: int, number: int, alt: str) -> Media | None:
        """Change the description of the owner's picture and return it. None if there is none without a post."""
        free = {"_id": number, "owner": owner, **FREE}
        found = await self._media.find_one_and_update(
            free, {"$set": {"alt": alt}}, return_document=ReturnDocument.AFTER
        )
        return None if found is None else to_media(number, found)

    async def open_rendition(self, file: str, side: int) -> OpenFile | None:
        """Return the file of one size, if there is one.

        Raises:
            PicturesUnavailable: The store does not answer.
        """
        return await self._files.open(f"{file}/{side}")

    async def take(self, owner: int, media: Sequence[int], *, post: int, within: ClientSession) -> list[Media]:
        """Give the owner's pictures to the post, which the same transaction stores. Return them in their order.

        Raises:
            InvalidInput: One does not exist, has another owner, or has a post. The transaction is to be aborted.
        """
        if not media:
            return []
        free = {"_id": {"$in": list(media)}, "owner": owner, **FREE}
        taken = await self._media.update_many(free, {"$set": {"post": post}}, session=within)
        if taken.modified_count < len(media):
            raise InvalidInput([FieldError("media", FieldErrorCode.NOT_FOUND, NOT_FREE)])
        cursor = self._media.find({"_id": {"$in": list(media)}}, session=within)
        found = {document["_id"]: document async for document in cursor}
        return [to_media(number, found[number]) for number in media]

    # -- removal ------------------------------------------------------------------------------------------------------

    async def drop_of_post(self, post: int) -> None:
        """Delete the pictures of a deleted post, and their files. None are deleted while the post exists.

        Raises:
            PicturesUnavailable: The store does not answer. A sweep of the files deletes what is left.
        """
        async with self._mongo.causal() as session:
            found = [media async for media in self._committed.find({"post": post}, SHOWN, session=session)]
            existing = await self._existing([post], session) if found else set()
        if not existing:
            await self._drop(found)

    async def list_media(self, *, after: int, limit: int) -> list[int]:
        """Return ids of pictures above `after`, in ascending order."""
        found = self._committed.find({"_id": {"$gt": after}}, {"_id": 1}).sort("_id", ASCENDING).limit(limit)
        return [media["_id"] async for media in found.batch_size(limit)]

    async def drop_unused(self, media: Ids[int], *, free_until: datetime) -> None:
        """Delete those pictures whose post is deleted, and those without a post that were stored before `free_until`.

        Raises:
            PicturesUnavailable: The store does not answer. A sweep of the files deletes what is left.
        """
        among = {"_id": {"$in": list(media)}}
        async with self._mongo.causal() as session:
            found = [media async for media in self._committed.find(among, SHOWN, session=session)]
            existing = await self._existing([one["post"] for one in found if one.get("post") is not None], session)
        below = first_id_at(free_until)
        await self._drop([one for one in found if _is_unused(one, existing, free_below=below)])

    async def list_files(self, *, after: str, until: datetime, limit: int) -> list[str]:
        """Return the names of files begun before `until`, complete or not, in ascending order above `after`.

        There are none only if no more follow.
        """
        below = f"{first_id_at(until):0{ID_DIGITS}x}"
        return await self._files.list_names(after=after, below=below, limit=limit)

    async def drop_unknown(self, files: Ids[str]) -> None:
        """Delete the files whose picture has no document.

        Raises:
            PicturesUnavailable: The store does not answer.
        """
        for picture in await self.unknown_among(files):
            await self._files.delete(picture)

    async def unknown_among(self, files: Ids[str]) -> set[str]:
        """Return the pictures of these files that have no document."""
        pictures = {picture_of(file) for file in files}
        known = self._committed.find({"file": {"$in": list(pictures)}, "_id": {"$in": list(map(_id_of, pictures))}})
        return pictures - {media["file"] async for media in known}

    async def is_complete(self, media: Media) -> bool:
        """Return whether each size of the picture has its file.

        Raises:
            PicturesUnavailable: The store does not answer.
        """
        sides = sizes_of(media.width, media.height)
        return all([await self._files.open(f"{media.file}/{side}") for side in sides])

    async def _existing(self, posts: Ids[int], session: ClientSession) -> set[int]:
        found = committed(self._posts).find({"_id": {"$in": list(posts)}, **NO_REPOST}, {"_id": 1}, session=session)
        return {post["_id"] async for post in found}

    async def _drop(self, found: Sequence[Document]) -> None:
        """Delete each picture unless a post has taken it, or another one, since it was found."""
        for one in found:
            same = {"_id": one["_id"], "post": one.get("post")}
            if (await self._media.delete_one(same)).deleted_count:
                await self._files.delete(one["file"])


def _is_unused(media: Document, posts: Set[int], *, free_below: int) -> bool:
    post: int | None = media.get("post")
    return media["_id"] < free_below if post is None else post not in posts


def _id_of(picture: str) -> int:
    """Return the id in a picture's name. -1 for a name that this program has not made."""
    try:
        return int(picture[:ID_DIGITS], 16)
    except ValueError:
        return -1
