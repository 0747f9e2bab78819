"""The order of the middleware: the bodies of refused callers are not read, and no body is read beyond its limit."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from starlette.types import Message, Scope

from app import create_app
from domain.rates import NO_RATES, Allowance, Rate
from serving.middleware.bodies import MAX_BODY_BYTES, MAX_FORM_BYTES, BodyLimitMiddleware
from settings import Settings

CHUNK = b"x" * 64 * 1024
ONE_A_DAY = Allowance(name="request", per_address=Rate(1, per_s=86_400))


class Client:
    """Sends an endless body, and counts the bytes that are read."""

    def __init__(self, method: str = "POST", path: str = "/graphql", **headers: str) -> None:
        self.scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "client": ("192.0.2.7", 1234),
            "server": ("tests", 80),
        }
        self.taken = 0
        self.status = 0
        self.headers: Mapping[str, str] = {}

    async def receive(self) -> Message:
        self.taken += len(CHUNK)
        assert self.taken < 100 * MAX_BODY_BYTES, "a body is read without bound"
        return {"type": "http.request", "body": CHUNK, "more_body": True}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}


def application() -> Any:
    settings = Settings(mongodb_url="mongodb://127.0.0.1:1/?replicaSet=none", redis_url="redis://127.0.0.1:1")
    return create_app(settings, rates=replace(NO_RATES, request=ONE_A_DAY))


async def test_the_body_of_a_rate_limited_caller_is_not_read() -> None:
    app = application()
    first, second = Client("GET", "/nowhere"), Client(content_type="application/json")
    await app(first.scope, first.receive, first.send)
    await app(second.scope, second.receive, second.send)
    assert (first.status, second.status) == (404, 429)
    assert second.taken == 0


@pytest.mark.parametrize(
    ("content_type", "limit"),
    [("application/json", MAX_BODY_BYTES), ("multipart/form-data; boundary=x", MAX_FORM_BYTES)],
)
async def test_a_body_is_not_read_beyond_its_limit(content_type: str, limit: int) -> None:
    async def never(*_: object) -> None:
        raise AssertionError("the application is not asked")

    client = Client(content_type=content_type)
    await BodyLimitMiddleware(never)(client.scope, client.receive, client.send)
    assert client.status == 413
    assert client.taken <= limit + len(CHUNK)


async def test_every_response_has_an_id_and_security_headers() -> None:
    app = application()
    for _ in range(2):
        client = Client("GET", "/nowhere")
        await app(client.scope, client.receive, client.send)
        assert client.headers["x-request-id"]
        assert client.headers["x-content-type-options"] == "nosniff"
    assert client.status == 429
