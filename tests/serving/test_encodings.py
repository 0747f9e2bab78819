"""Only pages and answers without a secret are compressed, even if a client accepts more."""

import gzip
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import orjson
import pytest

from app import create_app
from serving.encodings import LARGEST_BYTES, SMALLEST_BYTES, gzipped
from settings import Settings
from tests.client import Client, Someone, connected, sign_up
from tests.world import World

QUERY = '{ user(alias: "ann") { story { edges { cursor node { id text author { alias imageSrcset } } } } } }'
GZIP = {"accept-encoding": "gzip, deflate, br"}
PAGE = f"<!doctype html>\n<title>a page</title>{'<p>hello</p>' * 200}"


@pytest.fixture
async def ann(world: World) -> Someone:
    ann = await sign_up(world, "ann")
    for number in range(20):
        await world.post(ann.user, f"hello {number}")
    return ann


async def asked(client: Client, query: str = QUERY, *, method: str = "POST", **headers: str) -> httpx.Response:
    sent = {"params": {"query": query}} if method == "GET" else {"json": {"query": query}}
    return await client.http.request(method, "/graphql", headers=headers, **sent)  # type: ignore[arg-type]


def is_compressed(response: httpx.Response) -> bool:
    return "gzip" in response.headers.get("content-encoding", "")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_the_answer_to_an_anonymous_query_is_compressed(
    client: Client, ann: Someone, method: str, accept: str
) -> None:
    plain = await asked(client, method=method, accept=accept, **{"accept-encoding": "identity"})
    small = await asked(client, method=method, accept=accept, **GZIP)
    assert (is_compressed(plain), is_compressed(small)) == (False, True)
    assert small.content == plain.content
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert {response.headers["vary"].lower() for response in (plain, small)} == {"accept-encoding"}
    assert small.headers["content-type"] == plain.headers["content-type"]


SIGN_UP = """mutation { register(input: {alias: "bob", firstName: "%s", lastName: "", password: "correct horse"}) {
    ... on Session { token user { firstName imageSrcset } } ... on InvalidInput { message fields { message } }
} }"""


async def test_an_answer_that_may_hold_a_secret_is_not_compressed(client: Client, ann: Someone) -> None:
    """An example is the token of a new session, beside a name that the request chooses."""
    answers = {
        "signed in": await asked(client, authorization=f"Bearer {ann.token}", **GZIP),
        "a token of no session": await asked(client, authorization="Bearer x", **GZIP),
        "another scheme": await asked(client, authorization="Basic eDp5", **GZIP),
        "registering": await asked(client, SIGN_UP.replace("imageSrcset", srcsets()) % "x", **GZIP),
        "a mutation beside a query": await asked(client, f"mutation A {{ logout {aliases()} }}", **GZIP),
    }
    for who, answer in answers.items():
        assert len(answer.content) > SMALLEST_BYTES, who
        assert not is_compressed(answer), who
    assert '"token"' in answers["registering"].text


def srcsets() -> str:
    return " ".join(f"{'s' * 90}{number}: imageSrcset" for number in range(10))


def aliases() -> str:
    return " ".join(f"{'a' * 60}{number}: logout" for number in range(19))


async def test_the_executed_operation_decides_about_compression(client: Client, ann: Someone) -> None:
    document = f"query Q {QUERY} mutation M {{ logout {aliases()} }}"
    for name, compressed in (("Q", True), ("M", False)):
        answer = await client.http.post("/graphql", json={"query": document, "operationName": name}, headers=GZIP)
        assert len(answer.content) > SMALLEST_BYTES
        assert is_compressed(answer) == compressed


async def test_a_stream_is_not_compressed(client: Client, ann: Someone) -> None:
    for accept in ("text/event-stream", "multipart/mixed;subscriptionSpec=1.0"):
        answer = await asked(client, accept=accept, **GZIP)
        assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    "accepted", ["", "identity", "br", "gzip;q=0", "gzip;\tq=0", "gzip;q=0;x=1", "deflate, zstd", "gzipped"]
)
async def test_gzip_is_sent_only_if_accepted(client: Client, ann: Someone, accepted: str) -> None:
    answer = await asked(client, **{"accept-encoding": accepted})
    assert not is_compressed(answer)
    assert answer.json()["data"]["user"]


async def test_a_small_answer_is_not_compressed(client: Client, ann: Someone) -> None:
    answer = await asked(client, "{ viewer { id } }", **GZIP)
    assert not is_compressed(answer)
    assert answer.headers["vary"].lower() == "accept-encoding"


def test_only_content_of_a_suitable_size_is_compressed() -> None:
    for size, compressed in [
        (SMALLEST_BYTES - 1, False),
        (SMALLEST_BYTES, True),
        (LARGEST_BYTES, True),
        (LARGEST_BYTES + 1, False),
    ]:
        content = orjson.dumps("x" * (size - 2))
        found = gzipped(content)
        assert (found is not None) == compressed
        assert found is None or gzip.decompress(found) == content


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9")
    async with connected(create_app(settings, built=tmp_path)) as http:
        yield http


@pytest.mark.parametrize(("path", "status"), [("/login", 200), ("/graphql", 200), ("/nowhere", 404)])
async def test_pages_are_compressed_in_their_current_version(
    http: httpx.AsyncClient, tmp_path: Path, path: str, status: int
) -> None:
    for version, content in enumerate((PAGE, PAGE.replace("hello", "later"))):
        for name in ("index.html", "playground.html"):
            (tmp_path / name).write_text(content)
            os.utime(tmp_path / name, ns=(version, version))
        html = {"accept": "text/html"}
        small = await http.get(path, headers=html | GZIP)
        plain = await http.get(path, headers=html | {"accept-encoding": "identity"})
        assert (small.status_code, is_compressed(small), is_compressed(plain)) == (status, True, False)
        assert small.text == plain.text == content
        assert int(small.headers["content-length"]) < len(content) / 3
        for name in ("content-type", "content-security-policy", "cache-control", "vary"):
            assert small.headers[name] == plain.headers[name]
        assert "accept-encoding" in small.headers["vary"]
        assert (await http.head(path, headers=html | GZIP)).content == b""
