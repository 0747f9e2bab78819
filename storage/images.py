"""Images of accounts: one file for each size. Names are never reused."""

from collections.abc import Mapping
from datetime import datetime

from bson import ObjectId

from storage.pictures.files import OpenFile, PictureFiles


class Images:
    def __init__(self, files: PictureFiles) -> None:
        self._files = files

    async def insert_image(self, renditions: Mapping[int, bytes]) -> str:
        """Store the renditions, keyed by size in pixels. Return the name of the image, which no account shows yet.

        Raises:
            PicturesUnavailable: The store does not answer.
        """
        image = str(ObjectId())
        for size, content in renditions.items():
            await self._files.put(f"{image}/{size}", content)
        return image

    async def open_rendition(self, image: str, size: int) -> OpenFile | None:
        """Return the file of one size, if there is one.

        Raises:
            PicturesUnavailable: The store does not answer.
        """
        return await self._files.open(f"{image}/{size}")

    async def delete_image(self, image: str) -> None:
        await self._files.delete(image)

    async def list_files(self, *, after: str, until: datetime, limit: int) -> list[str]:
        """Return the names of files begun before `until`, complete or not, in ascending order above `after`.

        There are none only if no more follow.
        """
        return await self._files.list_names(after=after, below=str(ObjectId.from_datetime(until)), limit=limit)
