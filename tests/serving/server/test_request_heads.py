"""Requests that RFC 9112 forbids are refused over real sockets, and those that it allows are answered."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from serving.middleware.bodies import BodyLimitMiddleware
from tests.serving.server.listening import Listener, listening
from tests.waiting import PATIENT_S

HOST = b"Host: tests\r\n"
TE = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n"
CL = b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n"
WEBSOCKET = b"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIA==\r\n"


def get(*lines: bytes, version: bytes = b"HTTP/1.1") -> bytes:
    return b"\r\n".join([b"GET / " + version, *lines, b"", b""])


def post(*lines: bytes, body: bytes = b"hi") -> bytes:
    return b"\r\n".join([b"POST / HTTP/1.1", b"Host: tests", *lines, b"", body])


EXCEPTION_HANDLERS = {
    "two hosts": (400, get(b"Host: a", b"Host: b")),
    "the same host twice": (400, get(b"Host: a", b"Host: a")),
    "no host": (400, get()),
    "no host for a socket": (400, b"GET / HTTP/1.1\r\n" + WEBSOCKET + b"\r\n"),
    "two hosts in HTTP/1.0": (400, get(b"Host: a", b"Host: b", version=b"HTTP/1.0")),
    **{
        f"host {host!r}": (400, get(b"Host: " + host))
        for host in (b"a b", b"a@b", b"a/b", b"a,b c", b"[a", b"a:b", b"a\\b")
    },
    "HTTP/0.9": (505, get(b"Host: a", version=b"HTTP/0.9")),
    "HTTP/2.0": (505, get(b"Host: a", version=b"HTTP/2.0")),
    "HTTP/1.2": (400, get(b"Host: a", version=b"HTTP/1.2")),
    "http/1.1": (400, get(b"Host: a", version=b"http/1.1")),
    "folded with a blank": (400, get(b"Host: a", b"A: b", b" c")),
    "folded with a tab": (400, get(b"Host: a", b"A: b", b"\tc")),
    "folded before the first header": (400, get(b" A: b", b"Host: a")),
    "blank before the colon": (400, get(b"Host: a", b"A : b")),
    "tab before the colon": (400, get(b"Host: a", b"A\t: b")),
    "no colon": (400, get(b"Host: a", b"A")),
    "no name": (400, get(b"Host: a", b": b")),
    "NUL in a value": (400, get(b"Host: a", b"A: b\0c")),
    "control character in a value": (400, get(b"Host: a", b"A: \x01")),
    "bare CR": (400, get(b"Host: a\rA: b")),
    "bare LF everywhere": (400, b"GET / HTTP/1.1\nHost: a\n\n"),
    "bare LF after a header": (400, b"GET / HTTP/1.1\r\nHost: a\nA: b\r\n\r\n"),
    "bare LF at the end": (400, b"GET / HTTP/1.1\r\nHost: a\r\n\n"),
    "tabs in the request line": (400, b"GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n"),
    "blank before the method": (400, b" " + get(b"Host: a")),
    "unknown method": (400, get(b"Host: a").replace(b"GET", b"FOO")),
    **{
        f"Content-Length {length!r}": (400, post(b"Content-Length: " + length))
        for length in (b"+2", b"-2", b"0x2", b"2, 2", b"2 2", b"", b"2.0", b"18446744073709551618", b"\xb2")
    },
    "Content-Length twice": (400, post(b"Content-Length: 2", b"Content-Length: 2")),
    "two lengths": (400, post(b"Content-Length: 2", b"Content-Length: 3")),
    "blank after Content-Length": (400, post(b"Content-Length : 2")),
    "length and chunks": (400, post(b"Content-Length: 2", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n")),
    "chunks and length": (400, post(b"Transfer-Encoding: chunked", b"Content-Length: 2", body=b"0\r\n\r\n")),
    "chunks in HTTP/1.0": (400, TE.replace(b"1.1", b"1.0") + b"\r\n0\r\n\r\n"),
    **{
        f"upgrade {name}": (400, first.replace(b"{}", WEBSOCKET) + rest)
        for name, (first, rest) in {
            "with a length": (CL + b"{}\r\n", b"hi"),
            "with chunks": (TE.replace(b"POST", b"GET") + b"{}\r\n", b"0\r\n\r\n"),
            "with many headers": (b"GET / HTTP/1.1\r\n" + HOST + b"{}" + b"A: b\r\n" * 200 + b"\r\n", b""),
            "with a long header": (b"GET / HTTP/1.1\r\n" + HOST + b"{}A: " + b"b" * 20_000 + b"\r\n\r\n", b""),
            "to a long address": (b"GET /?" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"{}\r\n", b""),
        }.items()
    },
    "upgrade in HTTP/1.0": (400, b"GET / HTTP/1.0\r\n" + HOST + WEBSOCKET + b"\r\n"),
    **{
        f"Transfer-Encoding {coding!r}": (status, post(b"Transfer-Encoding: " + coding, body=b"0\r\n\r\n"))
        for coding, status in {
            b"identity": 501,
            b"gzip, chunked": 501,
            b"xchunked": 501,
            b'"chunked"': 501,
            b"chunked, identity": 400,
            b"chunked, chunked": 400,
            b"\x0bchunked": 400,
        }.items()
    },
    "two codings": (400, post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip", body=b"0\r\n\r\n")),
    **{
        f"chunk {chunk!r}": (400, TE + b"\r\n" + chunk)
        for chunk in (
            b"+2\r\nhi\r\n",
            b"0x2\r\nhi\r\n",
            b"2\nhi\n",
            b"2;a\nhi\r\n",
            b"2\r\nhiX",
            b"2 x\r\nhi\r\n",
            b"-1\r\n",
        )
    },
}
ANSWERED = {
    "HTTP/1.1": get(b"Host: tests"),
    "HTTP/1.0": get(version=b"HTTP/1.0"),
    "HTTP/1.0 with a host": get(b"Host: tests", version=b"HTTP/1.0"),
    "names in any case": get(b"hOsT: tests"),
    **{
        f"host {host!r}": get(b"Host: " + host)
        for host in (
            b"",
            b"a.b-c",
            b"a:8000",
            b"192.0.2.1:1",
            b"[::1]:8000",
            b"[fe80::1%25eth0]",
            b"xn--bcher-kva.example",
        )
    },
    "an absolute address": get(b"Host: tests").replace(b"/ ", b"http://tests/ ", 1),
    "a body with a length": CL + b"\r\nhi",
    "a body in chunks": TE + b"\r\n1\r\nh\r\n1;a=b\r\ni\r\n0\r\n\r\n",
    "chunks in any case": TE.replace(b"chunked", b"Chunked") + b"\r\n0\r\n\r\n",
    "empty lines before": b"\r\n" + get(b"Host: tests"),
    "an upgrade that is not known": get(b"Host: tests", b"Connection: upgrade", b"Upgrade: h2c"),
}


async def read(request: Request) -> Response:
    return PlainTextResponse(await request.body())


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[Listener]:
    app = Starlette(routes=[Route("/", read, methods=["GET", "POST"])], middleware=[Middleware(BodyLimitMiddleware)])
    async with listening(app) as listener:
        yield listener


async def ask(server: Listener, request: bytes) -> tuple[list[int], bytes]:
    """Return the statuses of all answers on one connection, and the last body. Then close it."""
    reader, writer = await server.connect()
    writer.write(request)
    writer.write_eof()
    received = await asyncio.wait_for(reader.read(), PATIENT_S)
    writer.close()
    answers = received.split(b"HTTP/1.1 ")[1:] if received.count(b"HTTP/1.1 ") else []
    return [int(answer[:3]) for answer in answers if answer[:3].isdigit()], received.rpartition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("case", EXCEPTION_HANDLERS)
async def test_a_forbidden_head_is_refused_once_with_a_code(server: Listener, case: str) -> None:
    status, request = EXCEPTION_HANDLERS[case]
    statuses, body = await ask(server, request)
    assert statuses == [status]
    assert json.loads(body)["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


@pytest.mark.parametrize("case", ANSWERED)
async def test_an_allowed_head_is_answered(server: Listener, case: str) -> None:
    statuses, _ = await ask(server, ANSWERED[case])
    assert statuses == [200]


async def test_a_request_line_alone_is_not_answered(server: Listener) -> None:
    """HTTP/0.9 has such requests, with neither a version nor headers."""
    assert 200 not in (await ask(server, b"GET /\r\n"))[0]
    assert 200 not in (await ask(server, b"GET /\r\n\r\n"))[0]


@pytest.mark.parametrize("body", [b"", b"1\r\nh\r\n", b"2\r\nhi\r\n", b"2\r\nhi\r\n0\r\n"])
async def test_a_body_that_does_not_end_is_not_executed(body: bytes) -> None:
    executed = 0

    async def note(_: Request) -> Response:
        nonlocal executed
        executed += 1
        return PlainTextResponse("")

    app = Starlette(routes=[Route("/", note, methods=["POST"])], middleware=[Middleware(BodyLimitMiddleware)])
    async with listening(app) as listener:
        reader, writer = await listener.connect()
        writer.write(TE + b"\r\n" + body)
        writer.write_eof()
        assert await asyncio.wait_for(reader.read(), PATIENT_S) == b""
        await listener.until_connections(0)
    assert executed == 0
