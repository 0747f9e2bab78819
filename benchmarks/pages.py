"""Reading: pages of a feed over HTTP, on one connection and on several at once."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from time import perf_counter

from benchmarks.client import Connection, connect, data_of

PAGE = """{ feed(first: 20) {
  edges { cursor node { id text createdAt author { id alias firstName lastName imageUrl } } }
  pageInfo { hasNextPage endCursor }
} }"""
PAGE_SIZE = 20
WARM_UP = 30  # pages


async def read_pages(port: int, alias: str, *, connections: int, pages: int) -> tuple[list[float], float]:
    """The seconds of each page, and pages per second of all connections together; `pages` is per connection."""
    async with AsyncExitStack() as opened:
        clients = [await opened.enter_async_context(connect(port, alias)) for _ in range(connections)]
        await _read_all(clients, WARM_UP)
        began = perf_counter()
        samples = await _read_all(clients, pages)
        return samples, len(samples) / (perf_counter() - began)


async def _read_all(clients: Sequence[Connection], pages: int) -> list[float]:
    return [sample for samples in await asyncio.gather(*(_read(each, pages) for each in clients)) for sample in samples]


async def _read(client: Connection, pages: int) -> list[float]:
    request = client.request(PAGE)
    samples, body = [], b""
    for _ in range(pages):
        began = perf_counter()
        body = await client.send(request)
        samples.append(perf_counter() - began)
    # The last one only: the client's own work should not be measured.
    if len(data_of(body)["feed"]["edges"]) != PAGE_SIZE:
        raise RuntimeError("the page is not full")
    return samples
