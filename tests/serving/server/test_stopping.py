"""A stopping process finishes accepted requests, and answers cancelled ones with an error."""

import asyncio
import json
import socket
from asyncio import StreamReader
from collections.abc import AsyncGenerator, AsyncIterator
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from signal import SIGTERM

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from serving.graphql.streams import Stream
from serving.middleware.bodies import BodyLimitMiddleware
from serving.middleware.request_ids import RequestIdMiddleware
from serving.server.http import HTTPProtocol
from serving.server.process import WebConfig, WebServer
from tests.serving.server.listening import Listener, listening
from tests.serving.server.test_connections import UPGRADE
from tests.waiting import PATIENT_S, wait_until

DIRECT = b"GET / HTTP/1.1\r\nhost: tests\r\n\r\n"
PROXIED = b"GET / HTTP/1.1\r\nhost: tests\r\nx-forwarded-for: 192.0.2.7\r\n\r\n"
SLOW = DIRECT.replace(b"/", b"/slow", 1)
POST = b"POST / HTTP/1.1\r\nhost: tests\r\ncontent-length: 2\r\n\r\n"


class Work:
    """Blocks requests to /slow until they may continue."""

    def __init__(self) -> None:
        self.may_go_on = asyncio.Event()
        self.number = 0

    async def slow(self, _: Request) -> Response:
        self.number += 1
        await self.may_go_on.wait()
        return PlainTextResponse("done")

    async def until(self, number: int) -> None:
        async def is_so() -> bool:
            return self.number == number

        await wait_until(is_so)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def app(work: Work) -> Starlette:
    async def fast(request: Request) -> Response:
        return PlainTextResponse(await request.body())

    async def endless(_: Request) -> Response:
        async def events() -> AsyncGenerator[str, None]:
            yield ": here\n\n"
            await asyncio.Event().wait()

        return Stream(events(), headers={"content-type": "text/event-stream"})

    routes = [Route("/", fast, methods=["GET", "POST"]), Route("/slow", work.slow), Route("/endless", endless)]
    return Starlette(routes=routes, middleware=[Middleware(RequestIdMiddleware), Middleware(BodyLimitMiddleware)])


@pytest.fixture
async def server(app: Starlette) -> AsyncIterator[Listener]:
    async with listening(app) as listener:
        yield listener


@pytest.fixture
async def hasty(app: Starlette) -> AsyncIterator[Listener]:
    """A server that cancels running requests when it stops."""
    async with listening(app, stop_within_s=0.2) as listener:
        yield listener


async def answer(reader: StreamReader) -> tuple[str, bytes]:
    """Return the head and the body."""
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENT_S)).decode().lower()
    length = int(head.split("content-length: ")[1].split("\r\n")[0])
    return head, await reader.readexactly(length)


async def is_closed(reader: StreamReader) -> bool:
    return await asyncio.wait_for(reader.read(), PATIENT_S) == b""


async def until_stopping(listener: Listener) -> None:
    async def is_refused() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", listener.port)
        except ConnectionRefusedError:
            return True
        writer.close()
        return False

    await wait_until(is_refused)


async def test_connections_waiting_to_be_accepted_are_answered(server: Listener) -> None:
    waiting = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    for each in waiting:
        each.sendall(DIRECT)
        each.setblocking(False)
    stopping = asyncio.create_task(server.server.shutdown())
    for each in waiting:
        reader, writer = await asyncio.open_connection(sock=each)
        head, _ = await answer(reader)
        assert " 200 " in head
        assert "\r\nconnection: close\r\n" in head
        assert await is_closed(reader)
        writer.close()
    await stopping


async def test_a_process_stopped_during_the_start_ends_at_once() -> None:
    """Importing the application takes seconds, and its start waits while MongoDB is away."""

    async def never_starts(_scope: Scope, _receive: Receive, _send: Send) -> None:
        await asyncio.Event().wait()

    config = WebConfig(never_starts, lifespan="on", loop_stuck_s=3_600, log_config=None)
    server = WebServer(config)
    server.handle_exit(SIGTERM, None)
    serving = asyncio.create_task(server._serve([]))
    ended, _ = await asyncio.wait([serving], timeout=PATIENT_S)
    assert ended
    assert not server.started


async def test_a_process_without_free_file_descriptors_stops_cleanly(server: Listener, work: Work) -> None:
    reader, writer = await server.connect()
    writer.write(SLOW)
    await work.until(1)
    waiting = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    limits = getrlimit(RLIMIT_NOFILE)
    try:
        setrlimit(RLIMIT_NOFILE, (waiting[-1].fileno() + 3, limits[1]))
        stopping = asyncio.create_task(server.server.shutdown())
        await until_stopping_has_begun(server)
    finally:
        setrlimit(RLIMIT_NOFILE, limits)
    for each in waiting:
        each.close()
    work.may_go_on.set()
    _, body = await answer(reader)
    assert body == b"done"
    await stopping


async def until_stopping_has_begun(listener: Listener) -> None:
    async def has_stopped_listening() -> bool:
        return not any(server.is_serving() for server in listener.server.servers)

    await wait_until(has_stopped_listening)


async def test_a_running_request_is_finished_and_its_connection_closed(server: Listener, work: Work) -> None:
    reader, writer = await server.connect()
    writer.write(SLOW)
    await work.until(1)
    server.server.should_exit = True
    await until_stopping(server)
    work.may_go_on.set()
    head, body = await answer(reader)
    assert " 200 " in head
    assert "\r\nconnection: close\r\n" in head
    assert body == b"done"
    assert await is_closed(reader)


@pytest.mark.parametrize("begun", [b"", DIRECT[:10], POST, POST + b"h"])
async def test_a_proxys_connection_serves_a_request_during_the_stop(server: Listener, begun: bytes) -> None:
    """A part of the request may have arrived before the stop."""
    reader, writer = await server.connect()
    writer.write(PROXIED)
    head, _ = await answer(reader)
    assert "\r\nconnection: close\r\n" not in head
    writer.write(begun)
    server.server.should_exit = True
    await until_stopping(server)
    writer.write((POST + b"hi")[len(begun) :] if begun.startswith(b"POST") else DIRECT[len(begun) :])
    head, _ = await answer(reader)
    assert " 200 " in head
    assert "\r\nconnection: close\r\n" in head
    assert await is_closed(reader)


async def test_a_stopping_process_waits_for_the_rest_of_a_head(server: Listener) -> None:
    """This includes requests that no proxy sent."""
    reader, writer = await server.connect()
    writer.write(DIRECT)
    await answer(reader)
    writer.write(DIRECT[:10])
    (connection,) = server.server.server_state.connections

    async def has_come() -> bool:
        return isinstance(connection, HTTPProtocol) and connection._has_begun_head

    await wait_until(has_come)
    server.server.should_exit = True
    await until_stopping(server)
    writer.write(DIRECT[10:])
    head, _ = await answer(reader)
    assert " 200 " in head
    assert "\r\nconnection: close\r\n" in head


@pytest.mark.parametrize("request_", [b"", DIRECT])
async def test_other_idle_connections_do_not_delay_the_stop(server: Listener, request_: bytes) -> None:
    reader, writer = await server.connect()
    writer.write(request_)
    if request_:
        await answer(reader)
    async with asyncio.timeout(4):  # less than for a proxy's connection
        await server.server.shutdown()
    assert await is_closed(reader)


async def test_a_stream_of_updates_does_not_delay_the_stop(server: Listener) -> None:
    """The stream never ends by itself, and its client reconnects."""
    reader, writer = await server.connect()
    writer.write(DIRECT.replace(b"/", b"/endless", 1))
    await asyncio.wait_for(reader.readuntil(b": here"), PATIENT_S)
    async with asyncio.timeout(PATIENT_S / 2):  # otherwise it takes the whole time of requests
        await server.server.shutdown()


async def test_a_stopping_process_opens_no_websocket(server: Listener) -> None:
    reader, writer = await server.connect()
    writer.write(PROXIED)
    await answer(reader)
    server.server.should_exit = True
    await until_stopping(server)
    writer.write(UPGRADE)
    head, body = await answer(reader)
    assert " 503 " in head
    assert "\r\nretry-after: " in head
    assert json.loads(body)["errors"][0]["extensions"]["code"] == "INTERNAL"


async def test_a_cancelled_request_is_answered_that_it_may_have_been_done(hasty: Listener, work: Work) -> None:
    reader, writer = await hasty.connect()
    writer.write(SLOW)
    await work.until(1)
    hasty.server.should_exit = True
    head, body = await answer(reader)
    (error,) = json.loads(body)["errors"]
    assert " 503 " in head
    assert "may or may not" in error["message"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert f"x-request-id: {error['extensions']['requestId']}\r\n" in head
    assert await is_closed(reader)


async def test_a_slow_body_at_the_stop_is_answered_that_nothing_was_done(hasty: Listener) -> None:
    reader, writer = await hasty.connect()
    writer.write(POST + b"h")
    await hasty.until_connections(1)
    hasty.server.should_exit = True
    head, body = await answer(reader)
    (error,) = json.loads(body)["errors"]
    assert " 503 " in head
    assert "Nothing was executed" in error["message"]
    assert error["extensions"].keys() == {"code", "requestId"}
