"""The closed loop against servers with every form of HTTP response."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from itertools import chain, repeat

import pytest

from benchmarks.closed_loop import ask_all

REQUEST = b"GET / HTTP/1.1\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\n"
WITH_LENGTH = [HEAD + b"Content-Length: 5\r\n\r\n", b"he", b"llo"]
IN_CHUNKS = [HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n", b"hello\r\n", b"0\r\n\r\n"]


@asynccontextmanager
async def answering(*answers: Sequence[bytes]) -> AsyncIterator[int]:
    """Start a server and yield its port. Each connection gets the answers in order, then the last repeatedly."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(ConnectionError, asyncio.IncompleteReadError):
            for answer in chain(answers, repeat(answers[-1])):
                request = await reader.readuntil(b"\r\n\r\n")
                for part in answer:
                    writer.write(part)
                    await writer.drain()
                if b"Connection: close" in request:
                    break

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("answer", [WITH_LENGTH, IN_CHUNKS])
async def test_each_connection_repeats_its_request(answer: Sequence[bytes]) -> None:
    async with answering(answer) as port:
        answered = await ask_all(port, [REQUEST] * 3, seconds=0.2)
    assert len(answered.latencies) > 3
    assert answered.seconds >= 0.2
    assert answered.in_all >= len(answered.latencies)
    assert answered.per_second == len(answered.latencies) / answered.seconds


@pytest.mark.parametrize(
    "other", [[HEAD + b"Content-Length: 2\r\n\r\nno"], [b"HTTP/1.1 503 No\r\nContent-Length: 5\r\n\r\nhello"]]
)
async def test_an_answer_of_another_length_ends_the_run(other: Sequence[bytes]) -> None:
    async with answering(WITH_LENGTH, other) as port:
        with pytest.raises(RuntimeError, match="the server answered"):
            await ask_all(port, [REQUEST] * 2, seconds=30)


async def test_a_closed_connection_ends_the_run() -> None:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        with pytest.raises(ConnectionError):
            await ask_all(server.sockets[0].getsockname()[1], [REQUEST] * 2, seconds=30)
