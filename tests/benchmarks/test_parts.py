"""The benchmark's building blocks, small. What they measure never fails a test."""

import asyncio
import json
from pathlib import Path

import pytest

from benchmarks.client import Connection
from benchmarks.figures import Figure, percentile
from benchmarks.floor import scratch_feeds, write_entries
from benchmarks.report import table, write_results


def test_a_percentile_is_a_sample() -> None:
    samples = [float(number) for number in range(100, 0, -1)]
    assert [percentile(samples, percent) for percent in (0, 50, 99, 100)] == [1, 50, 99, 100]
    assert percentile([7.0], 99) == 7


def test_the_table_and_the_file_show_every_figure(tmp_path: Path) -> None:
    figures = [
        Figure(name="page", samples=[0.004, 0.002, 0.003], promise_s=0.2, per_second=312.4),
        Figure(name="ratio", samples=[2.0, 3.0], is_ratio=True),
    ]
    write_results(figures, tmp_path / "results" / "latest.json")

    page, ratio = table(figures).splitlines()[2:]
    assert page.split() == ["page", "3", "ms", "4", "ms", "2", "ms", "4", "ms", "312", "<", "200", "ms"]
    assert ratio.split() == ["ratio", "2.50", "3.00", "2.00", "3.00"]
    written = json.loads((tmp_path / "results" / "latest.json").read_text())
    assert [figure["median"] for figure in written["figures"]] == [0.003, 2.5]
    assert {"cpu", "cores", "python", "commit"} <= written["machine"].keys()


async def test_the_client_reads_one_answer_after_the_other() -> None:
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
        assert write_entries(feeds, 1, readers=2_500) > 0
        assert feeds.count_documents({}) == 2_500
        feeds.database.client.drop_database(feeds.database)
