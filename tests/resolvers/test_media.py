"""Pictures are uploaded first. A post then takes them, alone or beside a text, and shows them wherever it stands."""

from typing import Any

import orjson
import pytest

from domain.errors import PicturesUnavailable
from domain.images import UNREADABLE
from domain.media import MAX_ALT, MAX_FILE_BYTES, NOT_FREE, TOO_LARGE, TOO_MANY, TWICE
from domain.rates import Allowance, Rate
from schema.global_ids import IdKind, encode
from storage import Storage
from tests.client import Answer, Client, Someone, answer_of, post_id, preflighted, sign_up
from tests.pictures import opened, picture
from tests.resolvers.limited import limited
from tests.uploads import store_media, stored_files, stored_media
from tests.world import World

MEDIA = "id url srcset width height alt placeholder"
UPLOAD = f"""mutation ($input: UploadMediaInput!) {{ uploadMedia(input: $input) {{
    __typename
    ... on MediaUploaded {{ media {{ {MEDIA} }} }}
    ... on InvalidInput {{ fields {{ field code message }} }}
}} }}"""
CREATE = f"""mutation ($input: CreatePostInput!) {{ createPost(input: $input) {{
    __typename
    ... on PostCreated {{ post {{ id text media {{ {MEDIA} }} }} }}
    ... on InvalidInput {{ fields {{ field code message }} }}
    ... on PostNotFound {{ message }}
}} }}"""
DESCRIBE = f"""mutation ($input: DescribeMediaInput!) {{ describeMedia(input: $input) {{
    __typename
    ... on MediaDescribed {{ media {{ {MEDIA} }} }}
    ... on InvalidInput {{ fields {{ field code message }} }}
}} }}"""
KEY = "a-key"


async def send(client: Client, content: bytes, *, token: str | None = None, alt: str | None = None) -> Answer:
    given = {"file": None} | ({} if alt is None else {"alt": alt})
    sent = [
        ("operations", (None, orjson.dumps({"query": UPLOAD, "variables": {"input": given}}))),
        ("map", (None, b'{"0": ["variables.input.file"]}')),
        ("0", ("picture", content)),
    ]
    return answer_of(await client.http.post("/graphql", files=sent, headers=preflighted(token)))


async def upload(client: Client, owner: Someone, content: bytes | None = None, *, alt: str | None = None) -> Any:
    answer = await send(client, picture() if content is None else content, token=owner.token, alt=alt)
    assert (answer.status, answer.errors) == (200, [])
    return answer.data["uploadMedia"]


async def create(client: Client, author: Someone, media: Any, *, text: str = "", **given: Any) -> Any:
    given |= {"text": text, "media": media}
    return (await client(CREATE, variables={"input": given}, token=author.token))["createPost"]


async def describe(client: Client, owner: Someone, id: str, alt: str) -> Any:
    given = {"input": {"mediaId": id, "alt": alt}}
    return (await client(DESCRIBE, variables=given, token=owner.token))["describeMedia"]


def problems(answer: Any) -> list[tuple[str, str, str]]:
    assert answer["__typename"] == "InvalidInput"
    return [(one["field"], one["code"], one["message"]) for one in answer["fields"]]


async def test_an_uploaded_picture_is_served_in_its_sizes_and_stands_in_a_post(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    media = (await upload(client, ann, picture("JPEG", size=(2_000, 1_000)), alt="  a red wall "))["media"]
    assert (media["width"], media["height"], media["alt"]) == (1_600, 800, "a red wall")
    assert media["placeholder"].startswith("data:image/webp;base64,")
    sizes = dict(entry.split(" ") for entry in media["srcset"].split(", "))
    assert media["url"] in sizes
    for url, width in sizes.items():
        served = await client.http.get(url)
        assert f"{opened(served.content).width}w" == width
    made = await create(client, ann, [media["id"]])
    assert made["post"]["media"] == [media]
    seen = await client(f'{{ post(id: "{made["post"]["id"]}") {{ text media {{ {MEDIA} }} }} }}')
    assert seen["post"] == {"text": "", "media": [media]}


async def test_pictures_stand_in_the_order_of_the_input(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    ids = [(await upload(client, ann))["media"]["id"] for _ in range(4)]
    made = await create(client, ann, ids[::-1], text="four")
    assert [one["id"] for one in made["post"]["media"]] == ids[::-1]


@pytest.mark.parametrize("media", [None, []], ids=str)
async def test_a_post_without_pictures_needs_a_text(client: Client, world: World, media: Any) -> None:
    ann = await sign_up(world, "ann")
    assert [field for field, *_ in problems(await create(client, ann, media))] == ["text"]
    assert (await create(client, ann, media, text="hello"))["post"]["media"] == []


@pytest.mark.parametrize(
    ("content", "alt", "expected"),
    [
        (b"", "", [("file", "INVALID")]),
        (b"hello", "", [("file", "INVALID", UNREADABLE)]),
        (bytes(MAX_FILE_BYTES + 1), "", [("file", "TOO_LONG", TOO_LARGE)]),
        (b"", "x" * (MAX_ALT + 1), [("file", "INVALID"), ("alt", "TOO_LONG")]),
        (picture(), "a\u0007b", [("alt", "INVALID")]),
    ],
    ids=range(5),
)
async def test_another_file_or_description_is_refused_and_nothing_is_stored(
    client: Client, world: World, content: bytes, alt: str, expected: list[tuple[str, ...]]
) -> None:
    ann = await sign_up(world, "ann")
    found = problems(await upload(client, ann, content, alt=alt))
    assert [told[: len(wanted)] for told, wanted in zip(found, expected, strict=True)] == expected
    assert (await stored_media(world.storage), await stored_files(world.storage)) == ({}, set())


async def test_uploading_needs_a_viewer_and_is_limited(
    client: Client, storage: Storage, mongodb_url: str, redis_url: str
) -> None:
    assert (await send(client, picture())).codes == ["UNAUTHENTICATED"]
    ann = await sign_up(World(storage), "ann")
    once = Allowance(name="media", per_account=Rate(1, per_s=60))
    async with limited(storage, mongodb_url, redis_url, once) as other:
        assert (await send(other, b"hello", token=ann.token)).codes == []
        assert (await send(other, picture(), token=ann.token)).codes == ["RATE_LIMITED"]
    assert await stored_media(storage) == {}


async def test_a_description_changes_until_a_post_has_the_picture(client: Client, world: World) -> None:
    ann, bob = [await sign_up(world, alias) for alias in ("ann", "bob")]
    uploaded = (await upload(client, ann, alt="a wall"))["media"]
    described = await describe(client, ann, uploaded["id"], " a cat on a wall ")
    assert described["media"] == uploaded | {"alt": "a cat on a wall"}
    assert problems(await describe(client, ann, uploaded["id"], "x" * (MAX_ALT + 1)))[0][:2] == ("alt", "TOO_LONG")
    gone = [("mediaId", "NOT_FOUND", NOT_FREE)]
    assert problems(await describe(client, bob, uploaded["id"], "mine")) == gone
    post = (await create(client, ann, [uploaded["id"]]))["post"]
    assert post["media"] == [described["media"]]
    assert problems(await describe(client, ann, uploaded["id"], "later")) == gone
    assert problems(await describe(client, ann, encode(IdKind.MEDIA, 12345), "never")) == gone


async def test_describing_is_limited_as_changes_are(
    client: Client, storage: Storage, mongodb_url: str, redis_url: str
) -> None:
    ann = await sign_up(World(storage), "ann")
    id = encode(IdKind.MEDIA, (await store_media(storage, ann.user.id)).id)
    once = Allowance(name="change", per_account=Rate(1, per_s=60))
    async with limited(storage, mongodb_url, redis_url, once) as other:
        given = {"input": {"mediaId": id, "alt": "a wall"}}
        assert (await other.ask(DESCRIBE, variables=given, token=ann.token)).codes == []
        assert (await other.ask(DESCRIBE, variables=given, token=ann.token)).codes == ["RATE_LIMITED"]


async def test_pictures_that_cannot_be_taken_are_refused_and_stay_free(client: Client, world: World) -> None:
    ann, bob = [await sign_up(world, alias) for alias in ("ann", "bob")]
    mine, foreign, other = [await store_media(world.storage, who.user.id) for who in (ann, bob, ann)]
    taken = (await create(client, ann, [encode(IdKind.MEDIA, other.id)]))["post"]["media"][0]["id"]
    own, foreign_id, missing = (encode(IdKind.MEDIA, number) for number in (mine.id, foreign.id, 12345))
    for media in ([foreign_id], [own, foreign_id], [own, missing], [own, taken]):
        for given in ({}, {"idempotencyKey": KEY}):
            assert problems(await create(client, ann, media, **given)) == [("media", "NOT_FOUND", NOT_FREE)]
    assert problems(await create(client, ann, [own] * 2)) == [("media", "INVALID", TWICE)]
    assert problems(await create(client, ann, [own, *[missing] * 4])) == [("media", "TOO_LONG", TOO_MANY)]
    assert (await stored_media(world.storage))[mine.id] is None
    assert (await create(client, ann, [own], idempotencyKey=KEY))["__typename"] == "PostCreated"


@pytest.mark.parametrize("id", ["nonsense", "dQAAAAAAAAAB", encode(IdKind.POST, 1), encode(IdKind.POST_CURSOR, 1)])
async def test_another_id_than_that_of_a_picture_is_bad_user_input(client: Client, world: World, id: str) -> None:
    ann = await sign_up(world, "ann")
    answer = await client.ask(CREATE, variables={"input": {"text": "hello", "media": [id]}}, token=ann.token)
    assert answer.codes == ["BAD_USER_INPUT"]
    picture_id = encode(IdKind.MEDIA, 1)
    for document in (f'{{ node(id: "{picture_id}") {{ id }} }}', f'{{ post(id: "{picture_id}") {{ id }} }}'):
        assert (await client.ask(document)).codes == ["BAD_USER_INPUT"]


async def test_a_retry_with_the_same_pictures_returns_the_first_post(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    ids = [encode(IdKind.MEDIA, (await store_media(world.storage, ann.user.id)).id) for _ in range(3)]
    first = await create(client, ann, ids[:2], idempotencyKey=KEY)
    assert await create(client, ann, ids[:2], idempotencyKey=KEY) == first
    for other in (ids[1::-1], ids[:1], ids, ids[2:], []):
        refused = problems(await create(client, ann, other, text="" if other else "hello", idempotencyKey=KEY))
        assert [told[:2] for told in refused] == [("idempotencyKey", "TAKEN")]
    assert await world.storage.mongo.collection("posts").count_documents({}) == 1
    delete = f'mutation {{ deletePost(input: {{id: "{first["post"]["id"]}"}}) {{ __typename }} }}'
    await client(delete, token=ann.token)
    assert (await create(client, ann, ids[:2], idempotencyKey=KEY))["__typename"] == "PostNotFound"


async def test_a_reply_and_a_quote_may_have_pictures_and_no_text(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    asked = post_id(await world.post(ann.user))
    for place in ("replyTo", "quote"):
        media = encode(IdKind.MEDIA, (await store_media(world.storage, ann.user.id)).id)
        made = await create(client, ann, [media], **{place: asked})
        assert [one["id"] for one in made["post"]["media"]] == [media]


async def test_the_story_of_media_has_posts_with_pictures(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    media = encode(IdKind.MEDIA, (await store_media(world.storage, ann.user.id)).id)
    await create(client, ann, [], text="plain")
    made = await create(client, ann, [media], text="pictured")
    await create(client, ann, [], text="plain")
    story = '{ user(alias: "ann") { story(shows: [MEDIA]) { edges { node { id } } } } }'
    assert (await client(story))["user"]["story"]["edges"] == [{"node": {"id": made["post"]["id"]}}]


async def test_a_store_that_is_away_is_told_with_the_time_to_wait(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any, **__: Any) -> None:
        raise PicturesUnavailable("the connection is refused")

    ann = await sign_up(world, "ann")
    monkeypatch.setattr("storage.pictures.gridfs.GridFSFiles.put", away)
    answer = await send(client, picture(), token=ann.token)
    assert (answer.data, answer.codes) == (None, ["INTERNAL"])
    (error,) = answer.errors
    assert error["message"] == "Pictures cannot be stored or shown at the moment. Try again soon."
    assert error["extensions"]["retryAfter"] == 2
    assert await stored_media(world.storage) == {}
