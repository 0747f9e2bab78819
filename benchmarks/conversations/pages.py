"""Pages read through the storage, without GraphQL and HTTP. The process is mostly the driver."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from time import process_time

from benchmarks.alternating import alternate
from benchmarks.conversations.costs import Cost, cost_of
from benchmarks.conversations.worlds import PAGE_SIZE, READER, store, worlds
from benchmarks.processes import cpu_seconds
from benchmarks.stack import Stack
from domain.pages import PageRequest
from launch.embedded import Say
from storage import create_indexes, open_storage

PAGES = 100  # of a round
ROUND_S = 1.0  # or fewer pages


async def measure_pages(stack: Stack, rounds: int, say: Say) -> dict[str, list[Cost]]:
    async with AsyncExitStack() as opened:
        contestants: dict[str, Callable[[], Awaitable[Cost]]] = {}
        for number, world in enumerate(worlds()):
            opening = open_storage(
                stack.settings.mongodb_url, database=f"world{number}", driver="pymongo", session_ttl_days=1
            )
            storage = await opened.enter_async_context(opening)
            await create_indexes(storage.mongo)
            say(f"storing: {world.name}")
            await store(storage, world)
            contestants[world.name] = partial(
                cost_of,
                partial(storage.feed.page, READER, PageRequest(PAGE_SIZE)),
                mongod=partial(cpu_seconds, stack.mongod),
                process=process_time,
                most=PAGES,
                longest_s=ROUND_S,
            )
        return await alternate(contestants, rounds=rounds, say=lambda text: say(text[-20:]))
