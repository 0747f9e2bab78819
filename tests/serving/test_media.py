"""Pictures are cacheable for ever and harmless when opened. A missing picture is not cacheable."""

import pytest

from domain.images import SIZES, address
from domain.monograms import EDITION, Monogram
from storage import Storage
from tests.client import Client

MONOGRAM = Monogram(1, "AL").address


@pytest.fixture
async def image(storage: Storage) -> str:
    """Store an image and return its address."""
    return address(await storage.images.insert_image({size: b"RIFF%d" % size for size in SIZES}), 96)


@pytest.fixture
async def pictures(image: str) -> dict[str, str]:
    """Return addresses by media type."""
    return {"image/webp": image, "image/svg+xml": MONOGRAM}


async def test_a_picture_is_cacheable_for_ever_and_runs_nothing(client: Client, pictures: dict[str, str]) -> None:
    for media_type, path in pictures.items():
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


async def test_a_conditional_request_for_a_picture_is_answered_304(client: Client, pictures: dict[str, str]) -> None:
    for path in pictures.values():
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
    for path in pictures.values():
        assert (await client.http.request(method, path)).status_code == 405
