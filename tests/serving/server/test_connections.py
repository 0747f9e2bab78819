"""The limits of connections, each tested one beyond it over real sockets."""

import asyncio
import json
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from serving.server import http
from serving.server.http import HTTPProtocol
from serving.server.request_heads import MAX_HEAD_BYTES
from serving.server.unsent import UnsentBytes
from serving.server.websockets import WebSocketProtocol
from tests.pipeline.stack import Stack
from tests.serving.server.listening import Listener, listening
from tests.waiting import PATIENT_S, bounded, wait_until

SECONDS = 0.3
LARGE = b"x" * 16 * 2**20  # more than all buffers between both ends hold
MAX_CONNECTIONS, MAX_SOCKETS = 12, 9

GET = b"GET / HTTP/1.1\r\nhost: tests\r\n\r\n"
UPGRADE = (
    b"GET /socket HTTP/1.1\r\nhost: tests\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
    b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Ours(HTTPProtocol):
    """Has the product's timeouts until a test changes them."""


class OurSocket(WebSocketProtocol):
    pass


async def small(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())} bytes")


async def ignorant(_: Request) -> Response:
    return PlainTextResponse("whatever")


async def large(_: Request) -> Response:
    return Response(LARGE)


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    if "many" in websocket.query_params:
        with suppress(WebSocketDisconnect, asyncio.CancelledError):
            await asyncio.gather(*(websocket.send_bytes(bytes([number]) + LARGE) for number in range(4)))
    elif websocket.query_params:
        with suppress(WebSocketDisconnect):
            await websocket.send_bytes(LARGE)
            await websocket.send_bytes(LARGE)  # waits until the first has closed
    await websocket.receive()


APP = Starlette(
    routes=[
        Route("/", small, methods=["GET", "POST"]),
        Route("/ignorant", ignorant, methods=["POST"]),
        Route("/large", large),
        WebSocketRoute("/socket", socket),
    ]
)


@pytest.fixture
async def server() -> AsyncIterator[Listener]:
    async with listening(APP, http=Ours, ws=OurSocket, max_connections=MAX_CONNECTIONS) as listener:
        yield listener


@pytest.fixture
def lose_patience(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def lose() -> None:
        monkeypatch.setattr(Ours, "HEAD_WITHIN_S", SECONDS)
        monkeypatch.setattr(Ours, "STALLED_AFTER_S", SECONDS)
        monkeypatch.setattr(OurSocket, "STALLED_AFTER_S", SECONDS)

    return lose


async def answer(reader: StreamReader) -> tuple[int, bytes]:
    """Return the status and the body of the next answer."""
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENT_S)).decode().lower()
    length = int(head.split("content-length: ")[1].split("\r\n")[0])
    return int(head.split()[1]), await reader.readexactly(length)


async def code(reader: StreamReader) -> tuple[int, str]:
    status, body = await answer(reader)
    return status, json.loads(body)["errors"][0]["extensions"]["code"]


async def is_closed(reader: StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(), PATIENT_S) == b""
    except ConnectionError:
        return True


async def is_refused(reader: StreamReader, status: bytes) -> bool:
    """A client that still writes when it is refused may be reset before it reads the answer."""
    try:
        return status in (await asyncio.wait_for(reader.readline(), PATIENT_S)).split()
    except ConnectionError:
        return True


def head(size: int) -> bytes:
    """Return a head of that size, counted like the server: the path, and each header with its four separators."""
    rest = size - len("/") - len("host") - len("tests") - len("padding") - 2 * 4
    return b"GET / HTTP/1.1\r\nhost: tests\r\npadding: %b\r\n\r\n" % (b"x" * rest)


async def test_the_head_of_a_request_may_be_as_large_as_the_limit(server: Listener) -> None:
    reader, writer = await server.connect()
    for _ in range(3):  # on one connection, where the count starts again
        writer.write(head(MAX_HEAD_BYTES))
        assert await answer(reader) == (200, b"0 bytes")


async def test_a_head_beyond_the_limit_is_refused(server: Listener) -> None:
    reader, writer = await server.connect()
    writer.write(head(MAX_HEAD_BYTES + 1))
    assert await code(reader) == (431, "BAD_USER_INPUT")
    assert await is_closed(reader)


@pytest.mark.parametrize(
    "endless",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nhost: tests\r\npadding: ",
        b"POST / HTTP/1.1\r\nhost: tests\r\ntransfer-encoding: chunked\r\n\r\n0\r\na: ",
    ],
)
async def test_a_head_that_never_ends_is_refused(server: Listener, endless: bytes) -> None:
    """The endless part is an address, a header or a trailer."""
    reader, writer = await server.connect()
    writer.write(endless)

    async def write_on() -> None:
        while not writer.is_closing():  # ends: the test cancels it
            writer.write(b"x" * 10_000)
            await writer.drain()

    writing = asyncio.create_task(write_on())
    assert await is_refused(reader, b"431")
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)


async def test_a_body_does_not_count_as_part_of_the_head(server: Listener) -> None:
    reader, writer = await server.connect()
    for parts in (1, 7):
        size = 2 * MAX_HEAD_BYTES
        writer.write(b"POST / HTTP/1.1\r\nhost: tests\r\ncontent-length: %d\r\n\r\n" % size)
        for _ in range(parts):
            writer.write(b"x" * (size // parts))
            await writer.drain()
        writer.write(b"x" * (size % parts))
        assert await answer(reader) == (200, b"%d bytes" % size)


@pytest.mark.parametrize("sent", [b"", b"GE", b"GET / HTTP/1.1\r\nhost: te"])
async def test_a_slow_head_is_refused(server: Listener, lose_patience: Callable[[], None], sent: bytes) -> None:
    lose_patience()
    reader, writer = await server.connect()
    writer.write(sent)
    assert await code(reader) == (408, "BAD_USER_INPUT")
    assert await is_closed(reader)


@pytest.mark.parametrize("drip", [b"a: b\r\n", b"\r\n"])
async def test_a_second_head_has_the_same_timeout(
    server: Listener, lose_patience: Callable[[], None], drip: bytes
) -> None:
    reader, writer = await server.connect()
    writer.write(GET)
    assert await answer(reader) == (200, b"0 bytes")
    lose_patience()
    dripping = asyncio.create_task(drip_on(writer, b"GET / HTTP/1.1\r\n" if drip != b"\r\n" else b"", drip))
    assert await is_refused(reader, b"408")
    dripping.cancel()


async def drip_on(writer: StreamWriter, first: bytes, drip: bytes) -> None:
    """Send a little now and then, so that the connection is not idle."""
    writer.write(first)
    while True:  # ends: the test cancels it
        writer.write(drip)
        await asyncio.sleep(SECONDS / 10)


async def test_the_rest_of_an_unread_body_has_a_timeout(server: Listener, lose_patience: Callable[[], None]) -> None:
    reader, writer = await server.connect()
    writer.write(b"POST /ignorant HTTP/1.1\r\nhost: tests\r\ncontent-length: 1000000\r\n\r\n")
    assert await answer(reader) == (200, b"whatever")
    lose_patience()
    dripping = asyncio.create_task(drip_on(writer, b"", b"x"))
    assert await is_refused(reader, b"408")
    dripping.cancel()


async def test_garbage_is_refused_with_json(server: Listener) -> None:
    reader, writer = await server.connect()
    writer.write(b"\x16\x03\x01 this is TLS\r\n\r\n")
    assert await code(reader) == (400, "BAD_USER_INPUT")
    assert await is_closed(reader)


async def test_a_connection_beyond_the_limit_is_refused_and_the_others_stay(server: Listener) -> None:
    connected = [await server.connect() for _ in range(MAX_CONNECTIONS)]
    await server.until_connections(MAX_CONNECTIONS)
    reader, _ = await server.connect()
    assert await code(reader) == (503, "INTERNAL")
    assert await is_closed(reader)
    for reader, writer in connected:
        writer.write(GET)
        assert await answer(reader) == (200, b"0 bytes")
    connected[0][1].close()
    await server.until_connections(MAX_CONNECTIONS - 1)
    reader, writer = await server.connect()
    writer.write(GET)
    assert await answer(reader) == (200, b"0 bytes")


async def test_websockets_leave_connections_for_requests(server: Listener) -> None:
    for _ in range(MAX_SOCKETS):
        reader, writer = await server.connect()
        writer.write(UPGRADE)
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
    reader, writer = await server.connect()
    writer.write(UPGRADE)
    assert await code(reader) == (503, "INTERNAL")
    reader, writer = await server.connect()
    writer.write(GET)
    assert await answer(reader) == (200, b"0 bytes")


@pytest.mark.parametrize(
    "request_", [GET.replace(b"/", b"/large", 1), UPGRADE.replace(b"socket ", b"socket?large ", 1)]
)
async def test_a_client_that_does_not_read_is_disconnected(
    server: Listener, lose_patience: Callable[[], None], request_: bytes
) -> None:
    lose_patience()
    _, writer = await server.connect()  # its client reads a little, and then no more
    await server.until_connections(1)
    writer.write(request_)
    await server.until_connections(0)


async def test_the_limit_of_unsent_bytes_closes_the_connection_with_the_most(
    server: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsent = UnsentBytes(2 * len(LARGE) + len(LARGE) // 2)
    monkeypatch.setattr(Ours, "UNSENT", unsent)
    monkeypatch.setattr(OurSocket, "UNSENT", unsent)
    readers = []
    for number in range(6):
        reader, writer = await server.connect()
        transport_of(writer).pause_reading()
        writer.write(
            b"GET /large HTTP/1.1\r\nhost: tests\r\n\r\n" if number % 2 else UPGRADE.replace(b"/socket", b"/socket?x")
        )
        readers.append((reader, writer))
    await server.until_connections(2)
    assert len(LARGE) < unsent.total <= 2 * len(LARGE)
    for _, writer in readers:
        transport_of(writer).resume_reading()
    async with asyncio.TaskGroup() as group:
        for reader, _ in readers:
            group.create_task(drained(reader))

        async def is_sent() -> bool:
            return unsent.total == 0

        await wait_until(is_sent)
        for _, writer in readers:
            writer.transport.abort()


MANY = UPGRADE.replace(b"/socket", b"/socket?many=1")


async def test_messages_waiting_for_a_websocket_count_as_unsent(
    server: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each operation of a WebSocket has an answer, but only one answer fits its buffer."""
    unsent = UnsentBytes(5 * len(LARGE))
    monkeypatch.setattr(OurSocket, "UNSENT", unsent)
    _, writer = await server.connect()
    transport_of(writer).pause_reading()
    writer.write(MANY)

    async def keeps_all_but_what_the_system_took() -> bool:
        return unsent.total > 3 * len(LARGE)

    await wait_until(keeps_all_but_what_the_system_took)
    (first,) = server.server.server_state.connections
    _, another = await server.connect()
    transport_of(another).pause_reading()
    another.write(MANY)

    async def is_closed() -> bool:
        return first not in server.server.server_state.connections

    await wait_until(is_closed)
    assert 0 < unsent.total <= 5 * len(LARGE)
    writer.transport.abort()
    another.transport.abort()


async def test_messages_that_have_waited_arrive_complete(server: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    unsent = UnsentBytes(100 * len(LARGE))
    monkeypatch.setattr(OurSocket, "UNSENT", unsent)
    reader, writer = await server.connect()
    writer.write(MANY)
    await reader.readuntil(b"\r\n\r\n")
    firsts = set()
    for _ in range(4):
        assert (await reader.readexactly(2))[1] == 127
        assert int.from_bytes(await reader.readexactly(8)) == len(LARGE) + 1
        assert (
            sum(one.transport.get_write_buffer_size() for one in server.server.server_state.connections)
            < len(LARGE) + 99
        )
        firsts.add(int.from_bytes(await reader.readexactly(1)))
        assert await reader.readexactly(len(LARGE)) == LARGE
    assert firsts == {0, 1, 2, 3}

    async def is_sent() -> bool:
        return unsent.total == 0

    await wait_until(is_sent)
    writer.transport.abort()


async def test_pongs_for_a_client_that_does_not_read_do_not_accumulate(server: Listener) -> None:
    """A pong for each would fill the memory. When the client reads again, it gets one for the last ping."""
    reader, writer = await server.connect()
    writer.write(UPGRADE)
    await reader.readuntil(b"\r\n\r\n")
    transport_of(writer).pause_reading()
    (connection,) = server.server.server_state.connections
    assert isinstance(connection, OurSocket)

    def ping(number: int) -> bytes:
        return b"\x89\xfd\0\0\0\0" + number.to_bytes(125)

    for last in bounded(1_000_000):
        if not connection.writable.is_set():  # the buffers of both ends are full
            break
        writer.write(ping(last))
        await writer.drain()
    for _ in range(12_000):
        last += 1
        writer.write(ping(last))
        await writer.drain()
    writer.write(b"\x01\x81\0\0\0\0a")  # a message that does not end

    async def has_seen_all() -> bool:
        return len(connection.frames) == 1

    await wait_until(has_seen_all)
    assert connection.transport.get_write_buffer_size() < 2**20
    transport_of(writer).resume_reading()
    received = b""
    async with asyncio.timeout(PATIENT_S):
        while not received.endswith(last.to_bytes(125)):
            part = await reader.read(2**16)
            assert part, "the connection was closed"
            received = received[-125:] + part
    writer.transport.abort()


async def test_empty_fragments_do_not_accumulate(server: Listener) -> None:
    reader, writer = await server.connect()
    writer.write(UPGRADE)
    await reader.readuntil(b"\r\n\r\n")
    (connection,) = server.server.server_state.connections
    assert isinstance(connection, OurSocket)
    writer.write(b"\x01\x81\0\0\0\0a" + b"\0\x80\0\0\0\0" * 50_000 + b"\x89\x80\0\0\0\0")
    assert await asyncio.wait_for(reader.readexactly(2), PATIENT_S) == b"\x8a\0"  # all frames have been handled
    assert len(connection.frames) == 1
    writer.transport.abort()


async def test_an_idle_connection_with_unread_bytes_is_closed(server: Listener) -> None:
    """The unsent bytes are too few to count as stalled."""
    _, writer = await server.connect()
    transport_of(writer).pause_reading()
    await server.until_connections(1)
    (connection,) = server.server.server_state.connections
    assert isinstance(connection, Ours)
    fill(connection.transport)
    connection.timeout_keep_alive_handler()
    await server.until_connections(0)


@pytest.mark.parametrize(
    "last",
    [
        GET.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"),  # closed after the answer
        b"garbage\r\n\r\n",  # closed after the refusal
        b"",  # closed because the client sends no more
    ],
)
async def test_a_closing_connection_whose_client_does_not_read_is_aborted(
    server: Listener, lose_patience: Callable[[], None], last: bytes
) -> None:
    """The unsent bytes are too few to count as stalled, and the connection is not idle."""
    lose_patience()
    _, writer = await server.connect()
    transport_of(writer).pause_reading()
    await server.until_connections(1)
    (connection,) = server.server.server_state.connections
    fill(connection.transport)
    if last:
        writer.write(last)
    else:
        writer.write_eof()
    await server.until_connections(0)


async def test_closing_connections_are_limited_too(server: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MOST_CLOSING", 3)
    for number in range(MAX_CONNECTIONS + 3):
        _, writer = await server.connect()
        transport_of(writer).pause_reading()
        await server.until_connections(number + 1)
        (connection,) = (each for each in server.server.server_state.connections if not each.transport.is_closing())
        fill(connection.transport)
        connection.transport.close()
    reader, _ = await server.connect()
    assert await is_closed(reader)
    await server.until_connections(MAX_CONNECTIONS + 3)


def fill(transport: asyncio.Transport) -> None:
    """Write until the kernel's buffers are full."""
    for _ in bounded(100_000):
        if transport.get_write_buffer_size():
            break
        transport.write(b"x" * 1_000)


def transport_of(writer: StreamWriter) -> asyncio.Transport:
    assert isinstance(writer.transport, asyncio.Transport)
    return writer.transport


async def drained(reader: StreamReader) -> None:
    with suppress(ConnectionError):
        while await reader.read(2**20):  # ends: the server closes the connection, or the test cancels it
            pass


def test_the_web_process_has_these_bounds(served: Stack) -> None:
    refused = httpx.get(f"{served.url}/healthz", headers={"padding": "x" * MAX_HEAD_BYTES})
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]) == (431, {"code": "BAD_USER_INPUT"})
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert httpx.get(f"{served.url}/healthz").status_code == 200
