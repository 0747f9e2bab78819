"""The pages of the web process, with and without a build."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app import create_app
from schema.global_ids import IdKind, encode
from settings import Settings
from tests.client import Client, connected

A_BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGE = "<!doctype html><title>The playground</title>"
CLIENT = "<!doctype html><title>The client</title>"
HASHED = "/assets/playground-5xKq0aPz.js"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Return a directory like the output of `make web`."""
    directory = tmp_path / "dist"
    (directory / "assets").mkdir(parents=True)
    (directory / "playground.html").write_text(PAGE)
    (directory / "index.html").write_text(CLIENT)
    (directory / HASHED.lstrip("/")).write_text("export {}")
    (directory / f"{HASHED}.br".lstrip("/")).write_bytes(b"as brotli has it")
    (directory / f"{HASHED}.gz".lstrip("/")).write_bytes(gzip.compress(b"export {}"))
    (tmp_path / "secret").write_text("not for browsers")
    return directory


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Make a client of an application without a database, since no page needs one."""
    settings = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9")
    async with connected(create_app(settings, built=tmp_path / "dist")) as http:
        yield http


@pytest.mark.usefixtures("built")
async def test_a_browser_gets_the_playground_and_revalidates_it(http: httpx.AsyncClient) -> None:
    shown = await http.get("/graphql", headers=A_BROWSER)
    assert (shown.status_code, shown.text) == (200, PAGE)
    assert shown.headers["content-type"].startswith("text/html")
    assert shown.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in shown.headers["content-security-policy"]


@pytest.mark.usefixtures("built")
async def test_assets_are_cacheable_for_ever(http: httpx.AsyncClient) -> None:
    asset = await http.get(HASHED)
    assert asset.status_code == 200
    assert asset.headers["content-type"].startswith("text/javascript")
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP;q=0.0", None),
        ("identity", None),
        ("", None),
    ],
)
async def test_assets_are_sent_in_the_smallest_accepted_encoding(
    http: httpx.AsyncClient, accepted: str, encoding: str | None
) -> None:
    async with http.stream("GET", HASHED, headers={"accept-encoding": accepted}) as asset:
        assert asset.headers.get("content-encoding") == encoding
        assert asset.headers["content-type"].startswith("text/javascript")
        assert asset.headers["vary"] == "accept-encoding"
        assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/login",
        "/register",
        "/explore",
        "/search?q=a",
        "/tags/stra%C3%9Fe",
        "/settings",
        "/@ada",
        "/@ada/followers",
        "/@ada/followees",
        "/@ada/known_followers",
        f"/@ada/posts/{encode(IdKind.POST, 5)}",
    ],
)
async def test_each_page_of_the_client_has_an_address(http: httpx.AsyncClient, path: str) -> None:
    shown = await http.get(path, headers=A_BROWSER)
    assert (shown.status_code, shown.text) == (200, CLIENT)
    assert shown.headers["cache-control"] == "no-cache"
    assert "unsafe" not in shown.headers["content-security-policy"]


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/nowhere", "/@ada/likes", "/ada", "/@/posts/x", "/@ada.rss", "/@ada/posts/x"])
async def test_unknown_paths_are_answered_by_the_client_or_in_json(http: httpx.AsyncClient, path: str) -> None:
    shown = await http.get(path, headers=A_BROWSER)
    assert (shown.status_code, shown.text) == (404, CLIENT)
    answer = await http.get(path, headers={"accept": "image/avif,*/*"})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]) == (404, {"code": "BAD_USER_INPUT"})


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "path",
    [
        "/assets/none.js",
        f"{HASHED}.br",
        f"{HASHED}.gz",
        "/assets/",
        "/assets/../playground.html",
        "/assets/%2e%2e/%2e%2e/secret",
    ],
)
async def test_other_files_are_not_served_as_assets(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


async def test_without_a_build_a_page_says_how_to_build_the_playground(http: httpx.AsyncClient) -> None:
    shown = await http.get("/graphql", headers=A_BROWSER)
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-cache")
    assert "make web" in shown.text
    assert "://" not in shown.text
    assert (await http.get(HASHED)).status_code == 404
    assert (await http.get("/@ada", headers=A_BROWSER)).text == shown.text


async def test_a_built_playground_is_served_without_a_restart(
    http: httpx.AsyncClient, request: pytest.FixtureRequest
) -> None:
    assert (await http.get(HASHED)).status_code == 404
    request.getfixturevalue("built")
    assert (await http.get("/graphql", headers=A_BROWSER)).text == PAGE
    assert (await http.get(HASHED)).status_code == 200


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/graphql-response+json"])
async def test_a_program_without_a_query_gets_an_error_in_json(client: Client, accept: str) -> None:
    answer = await client.http.get("/graphql", headers={"accept": accept})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_browser_with_a_query_gets_json(client: Client, method: str) -> None:
    query = {"query": "{ viewer { alias } }"}
    sent = {"params": query} if method == "GET" else {"json": query}
    answer = await client.http.request(method, "/graphql", headers=A_BROWSER, **sent)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()) == (200, {"data": {"viewer": None}})
