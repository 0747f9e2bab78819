"""Pages over HTTP: all that the web client selects, beside what it selected before there were conversations."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

from benchmarks.alternating import alternate
from benchmarks.client import opened
from benchmarks.conversations.costs import Cost, cost_of
from benchmarks.conversations.worlds import FOLLOWED, PLAIN, READER, World, mixed_world, plain, store
from benchmarks.pages import CLIENT_PAGE, CLIENT_PAGE_BEFORE, CLIENT_PAGE_OF_CONVERSATIONS, time_page
from benchmarks.processes import cpu_seconds
from benchmarks.stack import Stack, running, settings_for
from composition.storage import storage_of
from launch.embedded import Say
from storage import create_indexes

PAGES = 100  # of a round
ROUND_S = 2.0  # or fewer pages
DOCUMENTS = {
    "fields of before": CLIENT_PAGE_BEFORE,
    "fields of conversations": CLIENT_PAGE_OF_CONVERSATIONS,
    "all fields": CLIENT_PAGE,
}
BEFORE = f"{PLAIN}, fields of before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A web process that serves one world, and a session of its reader."""

    name: str
    port: int
    token: str
    web: int  # the process group


async def measure_client_pages(stack: Stack, rounds: int, say: Say) -> dict[str, list[Cost]]:
    """Measure each feed with a web process of its own."""
    async with AsyncExitStack() as open_now:
        sites = [
            await _serve(stack, number, world, open_now)
            for number, world in enumerate((World(PLAIN, FOLLOWED, plain(400), []), mixed_world()))
        ]
        contestants: dict[str, Callable[[], Awaitable[Cost]]] = {}
        for site in sites:  # all processes are ready: a connection without a request would be closed
            connection = await open_now.enter_async_context(opened(site.port))
            connection.carry(site.token)
            for fields, document in DOCUMENTS.items():
                contestants[f"{site.name}, {fields}"] = partial(
                    cost_of,
                    partial(time_page, connection, connection.request(document)),
                    mongod=partial(cpu_seconds, stack.mongod),
                    process=partial(cpu_seconds, site.web),
                    most=PAGES,
                    longest_s=ROUND_S,
                )
        return await alternate(contestants, rounds=rounds, say=lambda text: say(text[-20:]))


async def _serve(stack: Stack, number: int, world: World, open_now: AsyncExitStack) -> Site:
    settings = settings_for(stack, f"client{number}", redis_database=number, celebrity_threshold=10_000)
    async with storage_of(settings) as storage:
        await create_indexes(storage.mongo)
        await store(storage, world, with_accounts=True)
        token, _ = await storage.sessions.create(READER)
    (web,) = open_now.enter_context(running(stack, settings, ("web",)))
    return Site(name=world.name, port=settings.port, token=token, web=web.pid)
