"""Images of accounts in GridFS: one file for each size. Names are never reused."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from bson import ObjectId
from gridfs.errors import CorruptGridFile, NoFile

from storage.mongo import Mongo

BUCKET = "images"


class Images:
    def __init__(self, mongo: Mongo) -> None:
        self._bucket = mongo.bucket(BUCKET)
        self._files = mongo.collection(f"{BUCKET}.files")
        self._chunks = mongo.collection(f"{BUCKET}.chunks")

    async def insert_image(self, renditions: Mapping[int, bytes]) -> str:
        """Store the renditions, keyed by size in pixels. Return the name of the image, which no account shows yet."""
        image = str(ObjectId())
        for size, content in renditions.items():
            file = f"{image}/{size}"
            await self._bucket.upload_from_stream_with_id(file, file, content)
        return image

    async def find_rendition(self, image: str, size: int) -> bytes | None:
        content = BytesIO()
        try:
            await self._bucket.download_to_stream(f"{image}/{size}", content)
        except (NoFile, CorruptGridFile):  # the image does not exist, or a deletion is under way
            return None
        return content.getvalue()

    async def delete_image(self, image: str) -> None:
        files = {"$gt": f"{image}/", "$lt": f"{image}0"}  # 0 comes after /
        await self._files.delete_many({"_id": files})
        await self._chunks.delete_many({"files_id": files})

    async def list_files(self, *, after: str, until: datetime, limit: int) -> list[str]:
        """Return the names of files begun before `until`, complete or not, in ascending order above `after`."""
        between = {"$gt": after, "$lt": str(ObjectId.from_datetime(until))}
        chunks = self._chunks.find({"files_id": between}, {"files_id": 1, "_id": 0}).sort("files_id", 1)
        return [chunk["files_id"] async for chunk in chunks.limit(limit)]


def image_of(file: str) -> str:
    return file.partition("/")[0]
