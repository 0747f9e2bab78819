"""A picture is in one post at most, which is stored in the same transaction, and it goes with the post."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.errors import FieldError, FieldErrorCode, InvalidInput
from domain.media import NOT_FREE, SIDES
from domain.records import Post
from storage import Storage
from storage.indexes import MEDIA_OF_POST
from tests.commands import Commands, explain
from tests.uploads import RENDITIONS, SIZE, store_media, stored_files, stored_media

ANN, BOB = 7, 8
LATER = datetime.now(UTC) + timedelta(days=2)


async def insert(storage: Storage, media: list[int], *, key: str | None = None, author: int = ANN) -> Post:
    if key is None:
        return await storage.posts.insert_post(author, "hello", media=media)
    made = await storage.keyed_posts.insert_once(author, "hello", key=key, media=media)
    assert made is not None
    return made.post


async def is_refused(storage: Storage, media: list[int], *, key: str | None = None) -> bool:
    """Return whether the pictures are refused, and no post is stored."""
    with pytest.raises(InvalidInput) as refused:
        await insert(storage, media, key=key)
    (problem,) = refused.value.fields
    is_stored = await storage.mongo.collection("posts").find_one({"media.id": media[-1], "author": ANN})
    return problem == FieldError("media", FieldErrorCode.NOT_FOUND, NOT_FREE) and not is_stored


async def test_a_stored_picture_has_its_files_and_is_free(storage: Storage) -> None:
    media = await store_media(storage, ANN, alt="a cat")
    assert (media.width, media.height, media.alt, media.placeholder) == (*SIZE, "a cat", b"tiny")
    assert await stored_media(storage) == {media.id: None}
    for side, content in RENDITIONS.items():
        found = await storage.media.open_rendition(media.file, side)
        assert found is not None
        assert await found.content() == content
    assert await storage.media.open_rendition(media.file, SIDES[0] + 1) is None


@pytest.mark.parametrize("key", [None, "key"])
async def test_a_post_has_its_pictures_in_their_order_with_what_is_shown(storage: Storage, key: str | None) -> None:
    media = [await store_media(storage, ANN, alt=f"cat {number}") for number in range(4)]
    wanted = [media[place] for place in (2, 0, 3)]
    post = await insert(storage, [one.id for one in wanted], key=key)
    assert list(post.media) == wanted
    found = await storage.posts.find_by_id(post.id)
    assert found is not None
    assert list(found.media) == wanted
    assert await stored_media(storage) == {one.id: post.id if one in wanted else None for one in media}


@pytest.mark.parametrize("key", [None, "key"])
async def test_a_picture_is_refused_if_it_is_not_the_authors_or_has_a_post(storage: Storage, key: str | None) -> None:
    free, foreign = await store_media(storage, ANN), await store_media(storage, BOB)
    for media in ([foreign.id], [free.id, foreign.id], [free.id, 12345]):
        assert await is_refused(storage, media, key=key)
    assert await stored_media(storage) == {free.id: None, foreign.id: None}
    taken = await store_media(storage, ANN)
    post = await insert(storage, [taken.id])
    with pytest.raises(InvalidInput):
        await insert(storage, [free.id, taken.id], key=key)
    assert await stored_media(storage) == {free.id: None, foreign.id: None, taken.id: post.id}
    assert await storage.mongo.collection("posts").count_documents({}) == 1


@pytest.mark.parametrize("keys", [[None] * 8, [f"key{number}" for number in range(8)]], ids=["plain", "keyed"])
async def test_of_posts_at_once_one_takes_a_picture_and_no_post_takes_a_part(
    storage: Storage, keys: list[str | None]
) -> None:
    shared = (await store_media(storage, ANN)).id
    own = [(await store_media(storage, ANN)).id for _ in keys]
    made = await asyncio.gather(
        *(insert(storage, [mine, shared], key=key) for mine, key in zip(own, keys, strict=True)),
        return_exceptions=True,
    )
    posts = [one for one in made if isinstance(one, Post)]
    assert all(isinstance(one, Post | InvalidInput) for one in made)
    assert len(posts) == 1
    taken = {number: post for number, post in (await stored_media(storage)).items() if post is not None}
    assert taken == {one.id: posts[0].id for one in posts[0].media}
    assert len(taken) == 2


async def test_one_key_makes_one_post_with_its_pictures_however_often_it_comes(storage: Storage) -> None:
    media = [(await store_media(storage, ANN)).id for _ in range(2)]
    made = await asyncio.gather(*(insert(storage, media, key="key") for _ in range(8)))
    assert len({post.id for post in made}) == 1
    assert all([one.id for one in post.media] == media for post in made)
    assert await storage.mongo.collection("posts").count_documents({}) == 1


async def test_a_spent_key_takes_no_pictures(storage: Storage) -> None:
    media = (await store_media(storage, ANN)).id
    post = await insert(storage, [], key="key")
    await storage.posts.delete_post(post.id, author=ANN)
    assert await storage.keyed_posts.insert_once(ANN, "hello", key="key", media=[media]) is None
    assert await stored_media(storage) == {media: None}


# -- removal -----------------------------------------------------------------------------------------------------------


async def test_the_pictures_of_a_deleted_post_are_dropped_and_no_others(storage: Storage) -> None:
    media = [await store_media(storage, ANN) for _ in range(4)]
    gone = await insert(storage, [media[0].id, media[1].id])
    kept = await insert(storage, [media[2].id])
    await storage.posts.delete_post(gone.id, author=ANN)
    for post in (kept.id, gone.id, gone.id, 12345):
        await storage.media.drop_of_post(post)
    assert await stored_media(storage) == {media[2].id: kept.id, media[3].id: None}
    assert await stored_files(storage) == {media[2].file, media[3].file}


async def test_unused_pictures_are_those_free_for_long_and_those_of_deleted_posts(storage: Storage) -> None:
    media = [await store_media(storage, ANN) for _ in range(3)]
    all_of_them = [one.id for one in media]
    gone, kept = await insert(storage, [media[0].id]), await insert(storage, [media[1].id])
    await storage.posts.delete_post(gone.id, author=ANN)
    await storage.media.drop_unused(all_of_them, free_until=LATER - timedelta(days=3))
    assert await stored_media(storage) == {media[1].id: kept.id, media[2].id: None}
    await storage.media.drop_unused(all_of_them, free_until=LATER)
    assert await stored_media(storage) == {media[1].id: kept.id}
    assert await stored_files(storage) == {media[1].file}


async def test_files_without_a_document_are_unknown(storage: Storage) -> None:
    known, unknown = await store_media(storage, ANN), await store_media(storage, ANN)
    await storage.mongo.collection("media").delete_one({"_id": unknown.id})
    files = await storage.media.list_files(after="", until=LATER, limit=100)
    assert files == sorted(f"{one.file}/{side}" for one in (known, unknown) for side in RENDITIONS)
    assert await storage.media.list_files(after="", until=LATER - timedelta(days=3), limit=100) == []
    assert await storage.media.unknown_among(files) == {unknown.file}
    await storage.media.drop_unknown([*files, "nonsense/1", f"{known.file}f/1"])
    assert await stored_files(storage) == {known.file}


async def test_a_picture_without_all_its_files_is_incomplete(storage: Storage) -> None:
    whole, broken = await store_media(storage, ANN), await store_media(storage, ANN)
    await storage.mongo.collection("media.files").delete_one({"_id": f"{broken.file}/{SIDES[1]}"})
    assert [await storage.media.is_complete(one) for one in (whole, broken)] == [True, False]


async def test_every_read_is_by_an_index(storage: Storage, commands: Commands) -> None:
    media = [(await store_media(storage, ANN)).id for _ in range(30)]
    posts = [await insert(storage, media[place : place + 3]) for place in range(0, 30, 3)]
    with commands.during() as sent:
        await storage.media.drop_of_post(posts[3].id)
        assert await storage.media.list_media(after=media[4], limit=5) == media[5:10]
    plans = [await explain(storage, command) for command in sent]
    of_post, existing, listing = plans
    assert (of_post.keys, of_post.documents) == (3, 3)
    assert existing.keys <= 2
    assert (listing.keys, listing.documents) == (5, 0)
    assert any(MEDIA_OF_POST in str(command) or "post" in command.get("filter", {}) for command in sent)


async def test_a_post_with_pictures_is_one_transaction_and_one_without_is_one_write(
    storage: Storage, commands: Commands
) -> None:
    media = [(await store_media(storage, ANN)).id for _ in range(2)]
    with commands.during() as sent:
        await insert(storage, media)
    assert [name(command) for command in sent] == ["update", "find", "insert", "commitTransaction"]
    assert len({(bytes(command["lsid"]["id"]), command["txnNumber"]) for command in sent}) == 1
    with commands.during() as sent:
        await insert(storage, [])
    assert [name(command) for command in sent] == ["insert"]


def name(command: Any) -> str:
    return str(next(iter(command)))
