"""A bucket that does not answer or refuses is an error in bounded time that shows no secret."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from domain.errors import PicturesUnavailable
from storage import Misconfigured, Storage, open_storage
from storage.pictures import s3
from storage.pictures.addresses import parse_media_store
from storage.pictures.s3 import S3Files, open_bucket, refuse_unusable_bucket
from storage.pictures.s3_errors import BAD_KEY, FINAL, NO_BUCKET, NO_GRANT, explain_s3
from tests.s3 import media_store
from tests.uploads import rendition

SECRET = "dist1nctive"
CLOSED = "http://127.0.0.1:1"

Call = Callable[[S3Files], Coroutine[Any, Any, Any]]
CALLS: dict[str, Call] = {
    "put": lambda files: files.put("a/1", b"x"),
    "open": lambda files: files.open("a/1"),
    "delete": lambda files: files.delete("a"),
    "list": lambda files: files.list_names(after="", below="~", limit=5),
}


@pytest.fixture
def silent() -> Iterator[str]:
    """An endpoint that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def folder(address: str) -> S3Files:
    return S3Files(open_bucket(parse_media_store(address)), "media")


@pytest.mark.parametrize("call", CALLS)
async def test_a_server_that_is_away_is_an_error(call: str) -> None:
    with pytest.raises(PicturesUnavailable) as raised:
        await CALLS[call](folder(media_store(CLOSED, secret=SECRET)))
    assert SECRET not in raised.value.reason + str(raised.value)


@pytest.mark.parametrize("call", CALLS)
async def test_a_server_that_never_answers_is_an_error_in_bounded_time(
    monkeypatch: pytest.MonkeyPatch, silent: str, call: str
) -> None:
    monkeypatch.setattr(s3, "ANSWER_WITHIN_S", 0.2)
    async with asyncio.timeout(60):
        with pytest.raises(PicturesUnavailable, match="at the moment") as raised:
            await CALLS[call](folder(media_store(silent)))
    assert raised.value.reason == "no answer within 0.2 s"


@pytest.mark.parametrize("call", sorted(set(CALLS) - {"open"}))
async def test_a_missing_bucket_is_an_error(endpoint: str, call: str) -> None:
    with pytest.raises(PicturesUnavailable) as raised:
        await CALLS[call](folder(media_store(endpoint, bucket="missing")))
    assert raised.value.reason == NO_BUCKET


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"bucket": "missing"}, NO_BUCKET), ({"key": "unknown"}, BAD_KEY)],
    ids=str,
)
async def test_a_bucket_that_cannot_be_used_is_refused_at_the_start(
    endpoint: str, changed: dict[str, str], reason: str
) -> None:
    with pytest.raises(Misconfigured) as raised:
        await refuse_unusable_bucket(media_store(endpoint, **changed))
    assert str(raised.value) == f"MEDIA_STORE cannot be used: {reason}"


@pytest.mark.parametrize(("text", "reason"), [("SignatureDoesNotMatch", BAD_KEY), ("403 Forbidden", NO_GRANT)])
def test_other_refusals_are_explained_without_what_they_quote(text: str, reason: str) -> None:
    """s3rver checks no signature, and grants everything."""
    error = OSError(f"Server returned non-2xx status code: {text}: <StringToSign>{SECRET}</StringToSign>")
    assert explain_s3(error) == reason
    assert reason in FINAL
    assert explain_s3(OSError(SECRET)) == "OSError"


async def test_a_bucket_that_can_be_used_or_is_away_is_accepted_at_the_start(endpoint: str) -> None:
    await refuse_unusable_bucket(media_store(endpoint))
    await refuse_unusable_bucket(media_store(CLOSED))


async def test_the_credentials_may_be_those_of_the_environment(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "S3RVER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "S3RVER")
    address = f"s3://pictures/of/environment?endpoint={endpoint}&region=us-east-1"
    await refuse_unusable_bucket(address)
    await folder(address).put("a/1", b"x")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "unknown")
    with pytest.raises(Misconfigured, match="refuses the credentials"):
        await refuse_unusable_bucket(address)


async def test_images_of_accounts_and_pictures_of_posts_are_in_the_bucket(
    endpoint: str, storage: Storage, mongodb_url: str
) -> None:
    address = media_store(endpoint, prefix=f"/{storage.mongo.database.name}")
    async with open_storage(
        mongodb_url,
        database=storage.mongo.database.name,
        driver="pymongo",
        session_ttl_days=30,
        media_store=address,
    ) as other:
        image = await other.images.insert_image({48: b"small"})
        media = await other.media.insert_media(7, {640: b"large"}, size=(9, 9), alt="", placeholder=b"")
        assert await rendition(other.images, image, 48) == b"small"
    stored = [one["path"] for one in await open_bucket(parse_media_store(address)).list().collect_async()]
    assert stored == [f"images/{image}/48", f"media/{media.file}/640"]
    assert await storage.mongo.collection("media.files").count_documents({}) == 0
