"""Pictures are cacheable for ever and harmless when opened. A missing picture is not cacheable."""

import random
from typing import Any

import httpx
import pytest

import domain.media
from composition.tasks import task_services_of
from domain.errors import PicturesUnavailable
from domain.images import SIZES, address
from domain.monograms import EDITION, Monogram
from storage import Storage
from storage.pictures.files import PART
from tests.client import Client
from tests.pipeline.stack import Stack

LARGE = random.Random(1).randbytes(3 * PART + 5)
MONOGRAM = Monogram(1, "AL").address


@pytest.fixture
async def image(storage: Storage) -> str:
    """Store an image and return its address."""
    return address(await storage.images.insert_image({size: b"RIFF%d" % size for size in SIZES}), 96)


@pytest.fixture
async def posted(storage: Storage) -> str:
    """Store a picture of a post, of several parts. Return its address."""
    media = await storage.media.insert_media(7, {640: LARGE}, size=(640, 640), alt="", placeholder=b"")
    return domain.media.address(media.file, 640)


@pytest.fixture
async def pictures(image: str, posted: str) -> dict[str, str]:
    """Return media types by address."""
    return {image: "image/webp", posted: "image/webp", MONOGRAM: "image/svg+xml"}


async def test_a_picture_is_cacheable_for_ever_and_runs_nothing(client: Client, pictures: dict[str, str]) -> None:
    for path, media_type in pictures.items():
        for method in ("GET", "HEAD"):
            served = await client.http.request(method, path)
            assert served.status_code == 200
            assert served.headers["content-type"] == media_type
            assert served.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert served.headers["content-security-policy"] == "default-src 'none'; sandbox"
            assert served.headers["x-content-type-options"] == "nosniff"
            assert "set-cookie" not in served.headers


async def test_the_served_picture_is_the_stored_one(client: Client, image: str) -> None:
    assert (await client.http.get(image)).content == b"RIFF96"
    assert (await client.http.get(image.replace("96.webp", "48.webp"))).content == b"RIFF48"
    assert (await client.http.get(MONOGRAM)).text == Monogram(1, "AL").draw()


async def test_a_large_picture_is_sent_whole_with_its_length(client: Client, posted: str) -> None:
    served = await client.http.get(posted)
    assert served.content == LARGE
    assert served.headers["content-length"] == str(len(LARGE))
    head = await client.http.head(posted)
    assert (head.content, head.headers["content-length"]) == (b"", str(len(LARGE)))


@pytest.mark.parametrize("which", [0, 1], ids=["image", "picture"])
async def test_a_store_that_is_away_is_503_and_not_cacheable(
    client: Client, pictures: dict[str, str], monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    async def away(*_: Any) -> None:
        raise PicturesUnavailable("the connection is refused")

    monkeypatch.setattr("storage.pictures.gridfs.GridFSFiles.open", away)
    answer = await client.http.get(list(pictures)[which])
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.headers.get("cache-control", "no-store") == "no-store"
    assert answer.json()["errors"][0]["message"] == "Pictures cannot be stored or shown at the moment. Try again soon."


async def test_a_picture_of_which_the_store_sends_a_part_is_no_complete_answer(served: Stack) -> None:
    """The connection is closed before the length that was told."""
    async with task_services_of(served.settings) as services:
        storage = services.storage
        media = await storage.media.insert_media(7, {640: LARGE}, size=(640, 640), alt="", placeholder=b"")
        await storage.mongo.collection("media.chunks").delete_one({"files_id": f"{media.file}/640", "n": 2})
    path = domain.media.address(media.file, 640)
    async with httpx.AsyncClient(base_url=served.url) as http:
        with pytest.raises(httpx.RemoteProtocolError):
            await http.get(path)
        assert (await http.get("/healthz")).status_code == 200


async def test_a_conditional_request_for_a_picture_is_answered_304(client: Client, pictures: dict[str, str]) -> None:
    for path in pictures:
        etag = (await client.http.get(path)).headers["etag"]
        same = await client.http.get(path, headers={"If-None-Match": f'W/"x", {etag}'})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
        assert same.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (await client.http.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/none/96.webp",
        "/media/images/none/0.webp",
        "/media/images/%24where/96.webp",
        "/media/images/none/96.svg",
        "/media/images/none/640.webp",
        "/media/pictures/none/640.webp",
        "/media/pictures/none/96.webp",
        "/media/pictures/a%2Fb/640.webp",
        "/media/pictures/%24where/640.webp",
        "/media/images/a%00b/96.webp",
        f"/media/images/{'x' * 5_000}/96.webp",
        f"/media/images/none/{'9' * 5_000}.webp",
        f"/media/monograms/{EDITION}/001-ABC.svg",
        f"/media/monograms/{EDITION}/001-%3Cb.svg",
        f"/media/monograms/{EDITION + 1}/001-AL.svg",
        f"/media/monograms/{'9' * 5_000}/001-AL.svg",
        "/media/monograms/",
        "/media/",
    ],
)
async def test_other_paths_are_404_and_not_cacheable(client: Client, image: str, path: str) -> None:
    answer = await client.http.get(path)
    assert answer.status_code == 404
    assert answer.headers.get("cache-control", "no-store") == "no-store"


async def test_an_unknown_size_is_404(client: Client, image: str) -> None:
    for size in (0, 47, 193, 10**9):
        assert (await client.http.get(image.replace("96.webp", f"{size}.webp"))).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_pictures_can_only_be_read(client: Client, pictures: dict[str, str], method: str) -> None:
    for path in pictures:
        assert (await client.http.request(method, path)).status_code == 405
