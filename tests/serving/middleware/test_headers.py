"""The headers of every response for browsers and caches."""

from pathlib import Path

import httpx
import pytest

from app import create_app
from serving.middleware.headers import COMMON_HEADERS, without_origin
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
async def test_every_response_has_security_headers(client: Client, method: str, path: str) -> None:
    answer = await client.http.request(method, path)
    assert {name: answer.headers.get(name) for name in COMMON_HEADERS} == COMMON_HEADERS
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/graphql", "/readyz", "/metrics", "/nonsense"])
async def test_responses_for_programs_are_not_cached_and_load_nothing(client: Client, path: str) -> None:
    answer = await client.http.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"] == STRICT


async def test_a_page_keeps_its_own_policy(client: Client) -> None:
    page = await client.http.get("/graphql", headers=A_BROWSER)
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert page.headers["cache-control"] == "no-cache"


async def test_responses_over_tls_have_hsts(tmp_path: Path) -> None:
    settings = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9")
    transport = httpx.ASGITransport(create_app(settings, built=tmp_path))
    async with httpx.AsyncClient(transport=transport, base_url="https://tweeter") as http:
        assert "max-age=" in (await http.get("/healthz")).headers["strict-transport-security"]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nonsense", 404), ("POST", "/healthz", 405)])
async def test_unknown_paths_and_methods_are_refused_with_a_code(
    client: Client, method: str, path: str, status: int
) -> None:
    answer = await client.http.request(method, path)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, "BAD_USER_INPUT")


@pytest.mark.parametrize("host", ["tweeter", "evil.example", "evil.example:80", "[::1]", "[zz]", ""])
@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/graphql/", "/graphql"),
        ("/graphql/?query={__typename}", "/graphql?query=%7B__typename%7D"),
        ("/graphql/?a=http://evil.example/", "/graphql?a=http://evil.example/"),
        ("/login/", "/login"),
        ("/metrics/", "/metrics"),
        ("/@ann/", "/@ann"),
        ("/assets", "/assets/"),
    ],
)
async def test_a_redirect_does_not_name_the_host(client: Client, host: str, path: str, location: str) -> None:
    answer = await client.http.get(path, headers={"host": host, "x-forwarded-host": "evil.example"})
    assert (answer.status_code, answer.headers["location"]) == (307, location)


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("http://h/a/b?c=d", "/a/b?c=d"),
        ("https://h:1", "/"),
        ("http://h//evil.example/", "/evil.example/"),
        ("//evil.example/a", "/evil.example/a"),
        ("/\\\\evil.example", "/evil.example"),
        ("/a?b=c://d/e", "/a?b=c://d/e"),
    ],
)
def test_a_location_is_on_this_server(url: str, location: str) -> None:
    assert without_origin(url) == location
