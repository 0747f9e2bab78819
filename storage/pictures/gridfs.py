"""Files of pictures in MongoDB, by GridFS. The default: it needs no further server."""

import asyncio

from pymongo.errors import PyMongoError

from domain.errors import PicturesUnavailable
from storage.mongo import Mongo
from storage.pictures.files import OpenFile, range_of

ANSWER_WITHIN_S = 8.0  # a part of a file that is being sent; whole requests have their own bound


class GridFSFiles:
    """A bucket of GridFS. It implements `PictureFiles`."""

    def __init__(self, mongo: Mongo, bucket: str) -> None:
        self._bucket = mongo.bucket(bucket)
        self._files = mongo.collection(f"{bucket}.files")
        self._chunks = mongo.collection(f"{bucket}.chunks")

    async def put(self, file: str, content: bytes) -> None:
        await self._bucket.upload_from_stream_with_id(file, file, content)

    async def open(self, file: str) -> OpenFile | None:
        """Read the first chunk alone. GridFS's own reader would ask for all of them."""
        found = await self._files.find_one({"_id": file}, {"length": 1, "chunkSize": 1})
        first = await self._chunk(file, 0) if found else None
        if found is None or first is None:  # the file does not exist, or a deletion is under way
            return None
        size, chunk_size = found["length"], found["chunkSize"]

        async def read(place: int) -> bytes:
            """Return the chunk that begins at this byte.

            Raises:
                PicturesUnavailable: MongoDB does not answer, or the file was deleted meanwhile.
            """
            try:
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    chunk = await self._chunk(file, place // chunk_size)
            except (PyMongoError, TimeoutError) as error:
                raise PicturesUnavailable(f"MongoDB: {type(error).__name__}") from None
            if chunk is None:
                raise PicturesUnavailable("a file was deleted while it was read")
            return chunk

        return OpenFile(size, first, read)

    async def delete(self, picture: str) -> None:
        low, high = range_of(picture)
        files = {"$gt": low, "$lt": high}
        await self._files.delete_many({"_id": files})
        await self._chunks.delete_many({"files_id": files})

    async def list_names(self, *, after: str, below: str, limit: int) -> list[str]:
        between = {"$gt": after, "$lt": below}
        chunks = self._chunks.find({"files_id": between}, {"files_id": 1, "_id": 0}).sort("files_id", 1)
        return list(dict.fromkeys([chunk["files_id"] async for chunk in chunks.limit(limit)]))

    async def _chunk(self, file: str, number: int) -> bytes | None:
        found = await self._chunks.find_one({"files_id": file, "n": number}, {"data": 1})
        return None if found is None else bytes(found["data"])
