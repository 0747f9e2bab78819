"""Checks before a measurement that all contestants answer the same full page."""

import asyncio
import json
from collections.abc import Mapping

from benchmarks.pages import PAGE_SIZE

SHOWN = 500  # characters of an answer that differs


async def find_differences(ports: Mapping[str, int], request: bytes) -> list[str]:
    """Return a problem for each contestant whose data differs from the first's, or if the first's page is not full."""
    found = {name: await _data(port, request) for name, port in ports.items()}
    (first, wanted), *others = found.items()
    if wanted.count('"cursor"') != PAGE_SIZE:
        return [f"{first} has no full page: {wanted[:SHOWN]}"]
    return [f"{name} answers {data[:SHOWN]}, and {first} {wanted[:SHOWN]}" for name, data in others if data != wanted]


async def _data(port: int, request: bytes) -> str:
    """Return the data encoded again as JSON in the same field order, or the whole answer if it has no data."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
    answer = (await reader.read()).decode(errors="replace")
    writer.close()
    try:
        return json.dumps(json.loads(answer.partition("\r\n\r\n")[2])["data"])
    except (ValueError, KeyError):
        return answer
