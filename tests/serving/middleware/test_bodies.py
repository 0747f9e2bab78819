"""Slow, chunked and compressed request bodies."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from serving.middleware.bodies import BodyLimitMiddleware
from tests.serving.server.listening import listening


async def read(request: Request) -> Response:
    return PlainTextResponse(await request.body())


APP = Starlette(routes=[Route("/", read, methods=["POST"])])


@pytest.mark.parametrize("sent", [b"", b"some"])
async def test_a_slow_body_is_refused(sent: bytes) -> None:
    async with listening(BodyLimitMiddleware(APP, within_s=0.3)) as listener:
        reader, writer = await listener.connect()
        writer.write(b"POST / HTTP/1.1\r\nhost: tests\r\ncontent-length: 5\r\n\r\n" + sent)
        assert b" 408 " in await reader.readuntil(b"\r\n\r\n")
        assert b'"BAD_USER_INPUT"' in await reader.readuntil(b"]}")


async def test_a_body_in_parts_is_read() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for part in (b"so", b"", b"me"):
            yield part

    async with listening(BodyLimitMiddleware(APP)) as listener, httpx.AsyncClient() as http:
        answer = await http.post(f"http://127.0.0.1:{listener.port}/", content=parts())
        assert (answer.status_code, answer.text) == (200, "some")


TWO = "identity\r\ncontent-encoding: gzip"  # in two headers
CODINGS = [
    TWO,
    "gzip",
    "x-gzip",
    "deflate",
    "br",
    "zstd",
    "compress",
    "GZIP",
    "gzip, identity",
    "identity, gzip",
    "made-up",
]


@pytest.mark.parametrize("coding", CODINGS)
async def test_a_compressed_body_is_refused_before_it_is_read(coding: str) -> None:
    async with listening(BodyLimitMiddleware(APP)) as listener:
        reader, writer = await listener.connect()
        writer.write(f"POST / HTTP/1.1\r\nhost: tests\r\ncontent-encoding: {coding}\r\n".encode())
        writer.write(b"content-length: 1000\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 415 " in head
        assert b"accept-encoding: identity" in head.lower()
        assert b"Content-Encoding" in await reader.readuntil(b"]}")


@pytest.mark.parametrize("headers", [{}, {"content-encoding": "identity"}, {"content-encoding": "IDENTITY"}])
async def test_a_body_that_is_not_compressed_is_read(headers: dict[str, str]) -> None:
    async with listening(BodyLimitMiddleware(APP)) as listener, httpx.AsyncClient() as http:
        answer = await http.post(f"http://127.0.0.1:{listener.port}/", content=b"some", headers=headers)
        assert (answer.status_code, answer.text) == (200, "some")
