"""Chooses where the files of pictures are stored."""

from storage.mongo import Mongo
from storage.pictures.addresses import parse_media_store
from storage.pictures.files import OpenFile, PictureFiles
from storage.pictures.gridfs import GridFSFiles
from storage.pictures.s3 import S3Files, open_bucket

# Two folders, because the sweep of images deletes what no account shows.
IMAGES, MEDIA = FOLDERS = ("images", "media")


class BucketFiles:
    """A folder of a bucket, with what was stored in GridFS before there was a bucket. It implements `PictureFiles`."""

    def __init__(self, bucket: PictureFiles, before: PictureFiles) -> None:
        self._bucket = bucket
        self._before = before

    async def put(self, file: str, content: bytes) -> None:
        await self._bucket.put(file, content)

    async def open(self, file: str) -> OpenFile | None:
        return await self._bucket.open(file) or await self._before.open(file)

    async def delete(self, picture: str) -> None:
        await self._before.delete(picture)
        await self._bucket.delete(picture)

    async def list_names(self, *, after: str, below: str, limit: int) -> list[str]:
        both = [await each.list_names(after=after, below=below, limit=limit) for each in (self._bucket, self._before)]
        return sorted(set().union(*both))[:limit]


def open_folders(mongo: Mongo, address: str) -> tuple[PictureFiles, PictureFiles]:
    """Return the folders of images of accounts and of pictures of posts. An empty address means GridFS."""
    before = GridFSFiles(mongo, IMAGES), GridFSFiles(mongo, MEDIA)
    if not address:
        return before
    bucket = open_bucket(parse_media_store(address))
    images, media = (BucketFiles(S3Files(bucket, name), files) for name, files in zip(FOLDERS, before, strict=True))
    return images, media
