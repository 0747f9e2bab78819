"""Images that no account shows are deleted, and no others, also after crashes and repeated runs."""

from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId

from storage import Storage
from tasks import images, messages
from tests.uploads import rendition
from tests.world import World

LONG_AGO = datetime.now(UTC) - 2 * images.SETTLED_AFTER


async def make_image(storage: Storage, *, made: datetime = LONG_AGO) -> str:
    """Store an image as if at that time, which its name contains."""
    image = await storage.images.insert_image({48: b"small", 96: b"large"})
    name = str(ObjectId.from_datetime(made))[:8] + image[8:]
    for collection, key in (("files", "_id"), ("chunks", "files_id")):
        documents = storage.mongo.collection(f"images.{collection}")
        async for document in documents.find({}):
            if document[key].startswith(image):
                await documents.delete_one({"_id": document["_id"]})
                await documents.insert_one(document | {key: document[key].replace(image, name)})
    assert await rendition(storage.images, name, 48) == b"small"
    return name


async def is_kept(storage: Storage, image: str) -> bool:
    return await rendition(storage.images, image, 48) is not None


async def test_the_sweep_deletes_images_that_no_account_shows(world: World) -> None:
    storage, user = world.storage, await world.make_user()
    shown, replaced, orphan = [await make_image(storage) for _ in range(3)]
    await storage.users.change_profile(user.id, {"image": replaced})
    await storage.users.change_profile(user.id, {"image": shown})
    for _ in range(2):
        await world.run_all(await images.sweep_images(world.services))
        assert [await is_kept(storage, image) for image in (shown, replaced, orphan)] == [True, False, False]


async def test_the_sweep_keeps_recent_images(world: World) -> None:
    image = await make_image(world.storage, made=datetime.now(UTC) - images.SETTLED_AFTER + timedelta(minutes=5))
    await world.run_all(await images.sweep_images(world.services))
    assert await is_kept(world.storage, image)


async def test_the_sweep_continues_after_its_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "SWEEP_BATCH", 3)
    users = await world.make_users(3)
    shown = [await make_image(world.storage) for _ in users]
    orphans = [await make_image(world.storage) for _ in range(5)]
    for user, image in zip(users, shown, strict=True):
        await world.storage.users.change_profile(user.id, {"image": image})
    await world.run_all(await images.sweep_images(world.services))
    assert [await is_kept(world.storage, image) for image in shown + orphans] == [True] * 3 + [False] * 5


@pytest.mark.parametrize("lost", ["files", "chunks"])
async def test_the_sweep_deletes_partly_stored_or_deleted_images(world: World, lost: str) -> None:
    image = await make_image(world.storage)
    halves = world.storage.mongo.collection(f"images.{lost}")
    await halves.delete_many({} if lost == "files" else {"files_id": f"{image}/96"})
    await world.run_all(await images.sweep_images(world.services))
    for name in ("files", "chunks"):
        assert await world.storage.mongo.collection(f"images.{name}").count_documents({}) == 0


async def test_the_task_that_deletes_a_replaced_image_is_idempotent(world: World) -> None:
    image, other = [await make_image(world.storage) for _ in range(2)]
    for _ in range(2):
        await world.run_all([messages.delete_image(image)])
        assert [await is_kept(world.storage, one) for one in (image, other)] == [False, True]
