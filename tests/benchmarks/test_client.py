"""The benchmark's building blocks at a small size. Measured values never fail a test."""

import asyncio

import pytest

from benchmarks.client import Connection
from benchmarks.floor import scratch_feeds, write_entries


async def test_the_client_reads_answers_in_order() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for body in (b'{"data": {"viewer": null}}', b'{"errors": [{"message": "no"}]}'):
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(head.rpartition(b"Content-Length: ")[2]))
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nserver: x\r\n\r\n" % len(body) + body)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        connection = Connection(reader, writer)
        assert await connection.ask("{ viewer { id } }") == {"viewer": None}
        with pytest.raises(RuntimeError, match="no"):
            await connection.ask("{ nonsense }")
        writer.close()
        await writer.wait_closed()


def test_the_floor_writes_every_entry(mongodb_url: str) -> None:
    with scratch_feeds(mongodb_url, "bench_floor_test") as feeds:
        assert write_entries(feeds, 1, range(2_500)) > 0
        assert feeds.count_documents({}) == 2_500
        feeds.database.client.drop_database(feeds.database)
