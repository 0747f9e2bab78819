"""What is shown outside counts against rate limits, and says if it cannot be shown now."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app import create_app
from domain.rates import Allowance, Rate
from schema.global_ids import IdKind, encode
from settings import Settings
from storage import Storage
from tests.client import connected
from tests.resolvers.limited import limited

POST = encode(IdKind.POST, 5)
PATHS = {
    "/@ada/feed.xml": "lookup",
    f"/embed/{POST}": "lookup",
    f"/oembed?url=http://tweeter/embed/{POST}": "lookup",
    "/sitemap.xml": "crawl",
    "/sitemaps/0-5.xml": "crawl",
}


@pytest.mark.parametrize("path", PATHS)
async def test_the_second_request_is_refused_if_the_limit_is_one(
    storage: Storage, mongodb_url: str, redis_url: str, path: str
) -> None:
    once = Allowance(name=PATHS[path], per_address=Rate(1, per_s=600))
    async with limited(storage, mongodb_url, redis_url, once) as client:
        assert (await client.http.get(path)).status_code in (200, 404)
        refused = await client.http.get(path)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0


async def test_the_posts_of_a_feed_count_as_a_list(storage: Storage, mongodb_url: str, redis_url: str) -> None:
    await storage.users.insert_user(5, alias="ada", first_name="Ada", last_name="")
    once = Allowance(name="read", per_address=Rate(1, per_s=600))
    async with limited(storage, mongodb_url, redis_url, once) as client:
        assert [(await client.http.get("/@ada/feed.xml")).status_code for _ in range(2)] == [200, 429]


@pytest.fixture
async def without_database() -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9")
    async with connected(create_app(settings)) as http:
        yield http


@pytest.mark.parametrize("path", PATHS)
async def test_without_a_database_the_reader_is_told_to_come_again(
    without_database: httpx.AsyncClient, path: str
) -> None:
    answer = await without_database.get(path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    if "/embed/" in path and "oembed" not in path:
        assert "cannot be shown at the moment" in answer.text
        assert "frame-ancestors *" in answer.headers["content-security-policy"]


async def test_robots_needs_no_database(without_database: httpx.AsyncClient) -> None:
    assert (await without_database.get("/robots.txt")).status_code == 200
