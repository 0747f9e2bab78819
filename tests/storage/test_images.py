"""Images in GridFS are complete or not found, deleted completely, and listed even if a process died meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.images import SIZES
from storage import Storage
from storage.pictures.files import picture_of
from tests.commands import Commands, explain
from tests.uploads import rendition

RENDITIONS = {size: b"%d" % size * 100 for size in SIZES}
LATER = datetime.now(UTC) + timedelta(days=1)


async def counts(storage: Storage) -> tuple[int, int]:
    files, chunks = (storage.mongo.collection(f"images.{name}") for name in ("files", "chunks"))
    return await files.count_documents({}), await chunks.count_documents({})


async def files(storage: Storage, *, after: str = "", until: datetime = LATER, limit: int = 100) -> list[str]:
    return await storage.images.list_files(after=after, until=until, limit=limit)


async def test_a_stored_image_is_found_in_every_size(storage: Storage) -> None:
    image = await storage.images.insert_image(RENDITIONS)
    assert {size: await rendition(storage.images, image, size) for size in SIZES} == RENDITIONS
    assert await rendition(storage.images, image, 7) is None
    assert await rendition(storage.images, "none", SIZES[0]) is None


async def test_storing_an_image_twice_gives_two_names(storage: Storage) -> None:
    one, other = [await storage.images.insert_image(RENDITIONS) for _ in range(2)]
    assert one != other
    await storage.images.delete_image(one)
    assert await rendition(storage.images, other, SIZES[0]) == RENDITIONS[SIZES[0]]


async def test_deleting_an_image_removes_all_of_it_and_is_idempotent(storage: Storage) -> None:
    image = await storage.images.insert_image(RENDITIONS)
    for _ in range(2):
        await storage.images.delete_image(image)
        assert await rendition(storage.images, image, SIZES[0]) is None
        assert await counts(storage) == (0, 0)


@pytest.mark.parametrize("lost", ["files", "chunks"])
async def test_an_incomplete_image_is_not_found(storage: Storage, lost: str) -> None:
    image = await storage.images.insert_image(RENDITIONS)
    await storage.mongo.collection(f"images.{lost}").delete_many({})
    assert await rendition(storage.images, image, SIZES[0]) is None


async def test_old_files_are_listed_page_by_page(storage: Storage) -> None:
    images = sorted([await storage.images.insert_image(RENDITIONS) for _ in range(3)])
    await storage.mongo.collection("images.files").delete_many({})  # as if their processes had died during the upload
    listed = await files(storage)
    assert {picture_of(file) for file in listed} == set(images)
    assert len(listed) == 3 * len(SIZES)
    assert await files(storage, limit=5) + await files(storage, after=listed[4], limit=100) == listed
    assert await files(storage, until=datetime.now(UTC) - timedelta(minutes=1)) == []


async def test_listing_and_comparing_images_read_no_extra_documents(storage: Storage, commands: Commands) -> None:
    images = [await storage.images.insert_image(RENDITIONS) for _ in range(3)]
    users = [storage.users.draw_id() for _ in range(30)]
    for number, user in enumerate(users):
        image = images[0] if number == 7 else None
        await storage.users.insert_user(user, alias=f"u{number}", first_name="U", last_name="", image=image)

    with commands.during() as sent:
        assert len(await files(storage, limit=5)) == 5
        assert await storage.users.images_among(images) == {images[0]}

    listing, comparing = [await explain(storage, command) for command in sent]
    assert (listing.keys, listing.documents) == (5, 0)
    assert comparing.keys <= 2 * len(images) + 1
    assert comparing.documents <= 1


async def test_an_upload_creates_no_index(storage: Storage, commands: Commands) -> None:
    with commands.during() as sent:
        await storage.images.insert_image(RENDITIONS)
    assert not [command for command in sent if "createIndexes" in command]
