"""The seam to where the files of pictures are stored. GridFS and S3 implement it.

A folder holds files by the name PICTURE/SIZE. Names are never reused, so the content of a file never changes.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

PART = 255 * 1024  # bytes that one read returns at most; a chunk of GridFS


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file whose first part has been read. No connection is held between two reads, however slow a client is."""

    size: int
    first: bytes = field(repr=False)
    read: Callable[[int], Awaitable[bytes]] = field(repr=False)  # returns the part that begins at this byte

    async def parts(self) -> AsyncIterator[bytes]:
        """Yield the whole file.

        Raises:
            PicturesUnavailable: The store does not answer, or the file was deleted meanwhile.
        """
        place, part = 0, self.first
        while True:
            yield part
            place += len(part)
            if place >= self.size:
                return
            part = await self.read(place)

    async def content(self) -> bytes:
        """Return the whole file.

        Raises:
            PicturesUnavailable: The store does not answer, or the file was deleted meanwhile.
        """
        return b"".join([part async for part in self.parts()])


class PictureFiles(Protocol):
    """One folder of a store. Each method may raise PicturesUnavailable or, on GridFS, a PyMongoError."""

    async def put(self, file: str, content: bytes) -> None:
        """Store the file. It is durable from then on."""

    async def open(self, file: str) -> OpenFile | None:
        """Return the file. None if it does not exist, or was not stored completely."""

    async def delete(self, picture: str) -> None:
        """Delete all files of the picture, also incomplete ones."""

    async def list_names(self, *, after: str, below: str, limit: int) -> list[str]:
        """Return names of files between the two, complete or not, in ascending order.

        There are at most `limit`, and none only if no more files follow.
        """


def picture_of(file: str) -> str:
    return file.partition("/")[0]


def range_of(picture: str) -> tuple[str, str]:
    """Return the bounds, both exclusive, of the names of a picture's files."""
    return f"{picture}/", f"{picture}0"  # 0 comes after /
