"""Stored pictures of posts for tests, without decoding anything."""

from domain.media import SIDES
from domain.records import Media
from storage import Storage
from storage.images import Images

SIZE = (1_600, 800)
RENDITIONS = {side: b"RIFF%d" % side for side in SIDES}


async def store_media(storage: Storage, owner: int, *, alt: str = "", placeholder: bytes = b"tiny") -> Media:
    """Store a picture that no post has."""
    return await storage.media.insert_media(owner, RENDITIONS, size=SIZE, alt=alt, placeholder=placeholder)


async def stored_media(storage: Storage) -> dict[int, int | None]:
    """Return the post of each picture, by the picture's id."""
    return {media["_id"]: media.get("post") async for media in storage.mongo.collection("media").find({})}


async def stored_files(storage: Storage) -> set[str]:
    """Return the pictures that have files in GridFS, complete or not."""
    names: set[str] = set()
    for collection, field in (("media.files", "_id"), ("media.chunks", "files_id")):
        async for found in storage.mongo.collection(collection).find({}, {field: 1}):
            names.add(found[field].partition("/")[0])
    return names


async def rendition(images: Images, image: str, size: int) -> bytes | None:
    """Return the content of one size of an account's image."""
    found = await images.open_rendition(image, size)
    return await found.content() if found else None
