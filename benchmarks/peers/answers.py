"""What everybody must answer before anybody is measured: the same page, and all of it."""

import asyncio
import json
from collections.abc import Mapping

from benchmarks.pages import PAGE_SIZE

SHOWN = 500  # characters of an answer that differs


async def find_differences(ports: Mapping[str, int], request: bytes) -> list[str]:
    """One for each that answers other data than the first, to the byte; or that the first's page is not full."""
    found = {name: await _data(port, request) for name, port in ports.items()}
    (first, wanted), *others = found.items()
    if wanted.count('"cursor"') != PAGE_SIZE:
        return [f"{first} has no full page: {wanted[:SHOWN]}"]
    return [f"{name} answers {data[:SHOWN]}, and {first} {wanted[:SHOWN]}" for name, data in others if data != wanted]


async def _data(port: int, request: bytes) -> str:
    """As JSON by one writer, which keeps the order of fields; or the whole answer, where there are none."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
    answer = (await reader.read()).decode(errors="replace")
    writer.close()
    try:
        return json.dumps(json.loads(answer.partition("\r\n\r\n")[2])["data"])
    except (ValueError, KeyError):
        return answer
