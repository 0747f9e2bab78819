"""What every answer tells a browser, and what it tells a cache."""

from pathlib import Path

import httpx
import pytest

from app import create_app
from serving.headers import ON_ALL
from settings import Settings
from tests.client import Client

A_BROWSER = {"accept": "text/html,*/*;q=0.8"}
STRICT = "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/graphql?query={__typename}"),
        ("GET", "/healthz"),
        ("GET", "/metrics"),
        ("GET", "/nonsense"),
        ("PUT", "/graphql"),
        ("DELETE", "/healthz"),
        ("GET", "/assets/nonsense.js"),
    ],
)
async def test_every_answer_is_safe_to_show(client: Client, method: str, path: str) -> None:
    answer = await client.http.request(method, path)
    assert {name: answer.headers.get(name) for name in ON_ALL} == ON_ALL
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/graphql", "/readyz", "/metrics", "/nonsense"])
async def test_what_programs_read_is_kept_nowhere_and_loads_nothing(client: Client, path: str) -> None:
    answer = await client.http.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"] == STRICT


async def test_a_page_keeps_its_own_policy(client: Client) -> None:
    page = await client.http.get("/graphql", headers=A_BROWSER)
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert page.headers["cache-control"] == "no-cache"


async def test_over_tls_a_browser_is_told_to_come_that_way_again(tmp_path: Path) -> None:
    settings = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9")
    transport = httpx.ASGITransport(create_app(settings, built=tmp_path))
    async with httpx.AsyncClient(transport=transport, base_url="https://tweeter") as http:
        assert "max-age=" in (await http.get("/healthz")).headers["strict-transport-security"]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nonsense", 404), ("POST", "/healthz", 405)])
async def test_no_path_and_no_method_are_refused_with_a_code(
    client: Client, method: str, path: str, status: int
) -> None:
    answer = await client.http.request(method, path)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, "BAD_USER_INPUT")
