"""Images of accounts are stored before the account shows them and deleted some time afterwards."""

import asyncio
from functools import partial
from typing import Any

import pytest

from domain.images import MAX_IMAGE_BYTES, SIZES, TOO_LARGE, TOO_MANY_PIXELS, UNREADABLE
from domain.monograms import Monogram
from storage import Storage
from tasks import images
from tasks.messages import MAINTENANCE
from tests.broker import until_sent
from tests.client import Client, Someone, sign_up
from tests.pictures import BLUE, RED, SVG, bomb, is_near, opened, picture
from tests.world import World

IMAGES = "imageUrl imageSrcset"
REGISTER = f"""mutation ($input: RegisterInput!) {{ register(input: $input) {{
    __typename
    ... on Session {{ token user {{ alias {IMAGES} }} }}
    ... on InvalidInput {{ fields {{ field message }} }}
}} }}"""
UPDATE = f"""mutation ($input: UpdateProfileInput!) {{ updateProfile(input: $input) {{
    __typename
    ... on ProfileUpdated {{ user {{ firstName {IMAGES} }} }}
    ... on InvalidInput {{ fields {{ field message }} }}
}} }}"""
ANN = {"alias": "ann", "firstName": "Ann", "lastName": "Lee", "password": "correct horse"}
BAD = {
    "text": (b"hello", UNREADABLE),
    "SVG": (SVG, UNREADABLE),
    "half": (picture("JPEG", size=(500, 500))[:-500], UNREADABLE),
    "bomb": (bomb(), TOO_MANY_PIXELS),
    "large": (picture() + bytes(MAX_IMAGE_BYTES), TOO_LARGE),
}


async def register(client: Client, image: bytes, **given: Any) -> Any:
    answer = await client.send(REGISTER, image, given=ANN | given)
    assert (answer.status, answer.errors) == (200, [])
    return answer.data["register"]


async def update(client: Client, someone: Someone, **given: Any) -> Any:
    return (await client(UPDATE, variables={"input": given}, token=someone.token))["updateProfile"]


async def update_with(client: Client, someone: Someone, image: bytes, **given: Any) -> Any:
    answer = await client.send(UPDATE, image, given=given, token=someone.token)
    assert (answer.status, answer.errors) == (200, [])
    return answer.data["updateProfile"]


async def stored(storage: Storage) -> int:
    """Return the number of files of images and parts of images."""
    counts = [await storage.mongo.collection(f"images.{name}").count_documents({}) for name in ("files", "chunks")]
    assert counts[0] == counts[1]
    return counts[0]


async def shows(client: Client, path: str, colour: tuple[int, ...], *, size: int = 192) -> bool:
    served = await client.http.get(path)
    if served.status_code != 200:
        return False
    image = opened(served.content)
    return image.size == (size, size) and is_near(image.getpixel((size // 2, size // 2)), colour)


async def test_a_registration_with_an_image_shows_it_at_once(client: Client, storage: Storage) -> None:
    user = (await register(client, picture(colour=BLUE)))["user"]
    assert await shows(client, user["imageUrl"], BLUE)
    for candidate, size in zip(user["imageSrcset"].split(", "), SIZES, strict=True):
        path, width = candidate.split()
        assert width == f"{size}w"
        assert await shows(client, path, BLUE, size=size)
    seen = await client('{ user(alias: "ann") { alias imageUrl imageSrcset } }')
    assert seen == {"user": user}


@pytest.mark.parametrize("bad", BAD)
async def test_a_registration_with_a_bad_image_is_refused(client: Client, storage: Storage, bad: str) -> None:
    content, message = BAD[bad]
    refused = await register(client, content)
    assert refused == {"__typename": "InvalidInput", "fields": [{"field": "image", "message": message}]}
    for name in ("users", "credentials", "sessions"):
        assert await storage.mongo.collection(name).count_documents({}) == 0
    assert await stored(storage) == 0
    assert (await register(client, picture()))["__typename"] == "Session"


async def test_null_leaves_a_name_and_removes_an_image(client: Client, storage: Storage) -> None:
    registered = await register(client, picture())
    ann = registered["token"]
    own = registered["user"]["imageUrl"]
    for given, has_image in [
        ({}, True),
        ({"firstName": None, "lastName": None}, True),
        ({"firstName": None, "lastName": None, "image": None}, False),
    ]:
        updated = (await client(UPDATE, variables={"input": given}, token=ann))["updateProfile"]
        assert updated["user"]["firstName"] == "Ann"
        assert (updated["user"]["imageUrl"] == own) == has_image, given


async def test_an_image_is_not_decoded_if_another_field_is_bad(client: Client, storage: Storage) -> None:
    refused = await register(client, b"", alias="a b", password="short")
    assert [error["field"] for error in refused["fields"]] == ["alias", "password", "image"]
    assert (await register(client, picture(), alias="a b"))["__typename"] == "InvalidInput"
    assert await stored(storage) == 0


async def test_concurrent_registrations_of_one_alias_leave_one_image(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = await asyncio.gather(*(register(client, picture(), alias=alias) for alias in ("ann", "Ann", "ANN")))
    assert sorted(answer["__typename"] for answer in answers) == ["AliasTaken"] * 2 + ["Session"]
    await world.run_all(await sweep(world, monkeypatch))
    assert await stored(world.storage) == len(SIZES)
    assert await shows(client, next(a["user"]["imageUrl"] for a in answers if "user" in a), RED)


async def sweep(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(images, "SETTLED_AFTER", -images.SETTLED_AFTER)
    return await images.sweep_images(world.services)


async def test_an_image_and_names_are_changed_together_or_alone(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    both = (await update_with(client, ann, picture(colour=BLUE), firstName="Anna"))["user"]
    assert both["firstName"] == "Anna"
    assert await shows(client, both["imageUrl"], BLUE)

    names = (await update(client, ann, firstName="Annabel"))["user"]
    assert names == both | {"firstName": "Annabel"}, "an image that is not given does not change"

    image = (await update_with(client, ann, picture(colour=RED)))["user"]
    assert image["firstName"] == "Annabel"
    assert image["imageUrl"] != both["imageUrl"]
    assert await shows(client, image["imageUrl"], RED)


async def test_null_removes_the_image_and_shows_the_monogram(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    before = (await client("{ viewer { imageUrl } }", token=ann.token))["viewer"]["imageUrl"]
    assert before == Monogram.of_user(ann.user).address
    shown = (await update_with(client, ann, picture()))["user"]["imageUrl"]
    for _ in range(2):  # the second one changes nothing
        assert (await update(client, ann, image=None))["user"]["imageUrl"] == before
    assert shown != before
    assert await world.storage.users.find_by_id(ann.user.id) == ann.user


async def test_a_changed_name_changes_the_monogram(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    one = (await update(client, ann, firstName="Ann"))["user"]["imageUrl"]
    other = (await update(client, ann, firstName="Zoë"))["user"]["imageUrl"]
    assert one != other
    assert ">ZT<" in (await client.http.get(other)).text


@pytest.mark.parametrize("bad", BAD)
async def test_a_bad_image_changes_nothing(client: Client, world: World, bad: str) -> None:
    ann = await sign_up(world, "ann")
    shown = (await update_with(client, ann, picture()))["user"]
    content, message = BAD[bad]
    refused = await update_with(client, ann, content, firstName="Anna")
    assert refused == {"__typename": "InvalidInput", "fields": [{"field": "image", "message": message}]}
    assert (await update(client, ann))["user"] == shown
    assert await stored(world.storage) == len(SIZES)


async def test_an_anonymous_request_stores_no_image(client: Client, storage: Storage) -> None:
    answer = await client.send(UPDATE, picture(), given={})
    assert answer.codes == ["UNAUTHENTICATED"]
    assert await stored(storage) == 0


async def test_every_replacement_of_an_image_deletes_it(client: Client, world: World, redis_url: str) -> None:
    ann = await sign_up(world, "ann")
    for replace in (partial(update_with, image=picture()), partial(update, image=None)):
        await update_with(client, ann, picture())
        before = await world.storage.users.find_by_id(ann.user.id)
        assert before is not None
        await replace(client, ann)
        await until_sent(redis_url, MAINTENANCE, before.image)


async def test_a_replaced_image_is_deleted_once_no_account_shows_it(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await sign_up(world, "ann")
    old = (await update_with(client, ann, picture(colour=BLUE)))["user"]["imageUrl"]
    new = (await update_with(client, ann, picture(colour=RED)))["user"]["imageUrl"]
    assert await shows(client, old, BLUE), "the old URL works until the task has run"
    for _ in range(2):
        await world.run_all(await sweep(world, monkeypatch))
        assert await stored(world.storage) == len(SIZES)
        assert (await client.http.get(old)).status_code == 404
        assert await shows(client, new, RED)


async def test_an_account_with_a_name_refused_today_works_and_can_be_renamed(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    users = world.storage.mongo.collection("users")
    await users.update_one({"_id": ann.user.id}, {"$set": {"first_name": "\u202eAnn", "last_name": "Lee\u200e"}})
    seen = 'query { viewer { firstName lastName imageUrl } user(alias: "ann") { firstName } }'
    assert (await client(seen, token=ann.token))["user"] == {"firstName": "\u202eAnn"}
    assert (await update_with(client, ann, picture()))["user"]["firstName"] == "\u202eAnn"
    assert (await update(client, ann, lastName="Lea"))["user"]["firstName"] == "\u202eAnn"
    refused = await update(client, ann, firstName="\u202eAnna", lastName="Lea")
    assert [error["field"] for error in refused["fields"]] == ["firstName"]
    assert (await update(client, ann, firstName="Anna"))["user"]["firstName"] == "Anna"
