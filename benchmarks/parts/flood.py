"""A flood: one account posts far faster than its posts can be delivered. Measures the effect on others."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from time import perf_counter

from benchmarks.client import Connection, connect
from benchmarks.figures import Figure
from benchmarks.pages import PAGE, PAGE_SIZE
from benchmarks.posting import delivered, post
from benchmarks.processes import resident_bytes
from benchmarks.sizes import Size
from benchmarks.stack import Stack, running, settings_for
from benchmarks.worlds import seed_stars
from composition.storage import storage_of
from launch.children import Child
from launch.embedded import Say

FLOOD_FOLLOWERS = 5_000
QUIET_FOLLOWERS = 5
FLOODING = 8  # connections
CALM_LOOKS = 50
PAUSE_S = 0.1
READER = "fan1"  # of the flooding account; its feed changes most


@dataclass(slots=True)
class Seen:
    """Measurements by an account that posts to a few followers and reads a flooded feed."""

    deliveries: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    memory: dict[str, list[float]] = field(default_factory=dict)


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    posts = size.flood.posts
    settings = settings_for(stack, "flood", redis_database=0, celebrity_threshold=2 * FLOOD_FOLLOWERS)
    say(f"seeding an account with {FLOOD_FOLLOWERS:,} followers")
    await seed_stars(settings, star=FLOOD_FOLLOWERS, quiet=QUIET_FOLLOWERS)
    with running(stack, settings) as children:
        async with AsyncExitStack() as opened:
            quiet = await opened.enter_async_context(connect(settings.port, "quiet"))
            reader = await opened.enter_async_context(connect(settings.port, READER))
            flood = [await opened.enter_async_context(connect(settings.port, "star")) for _ in range(FLOODING)]
            await asyncio.gather(*(post(each, f"warm-up {place}") for place, each in enumerate([quiet, *flood])))
            say("measuring before the flood")
            calm = Seen()
            for _ in range(CALM_LOOKS):
                await _look(calm, quiet, reader, children)
            say(f"flooding: {posts:,} posts on {FLOODING} connections")
            began = perf_counter()
            flooding = asyncio.create_task(_flood(flood, posts))
            during = Seen()
            while perf_counter() - began < size.flood.watch_s:
                await _look(during, quiet, reader, children)
                await asyncio.sleep(PAUSE_S)
            accepted_s = await flooding
            async with storage_of(settings) as storage:
                left = await storage.feed.ledgers.count_in_flight(limit=posts)
    say(f"{left:,} posts were still in flight after {perf_counter() - began:.0f} s")
    yield Figure(name="the flood accepted, posts", samples=[posts / accepted_s], unit="per second")
    yield Figure(name="another's post delivered, calm", samples=calm.deliveries)
    yield Figure(name="another's post delivered, flood", samples=during.deliveries)
    yield Figure(name="a flooded feed's page, calm", samples=calm.pages)
    yield Figure(name="a flooded feed's page, flood", samples=during.pages)
    for name, samples in during.memory.items():
        yield Figure(name=f"memory of {name}", samples=samples, unit="bytes")
        yield Figure(name=f"memory of {name}, last/first", samples=[samples[-1] / samples[0]], unit="times")


async def _flood(connections: Sequence[Connection], posts: int) -> float:
    """Return the seconds until the last post was acknowledged."""
    numbers = iter(range(posts))
    began = perf_counter()
    await asyncio.gather(*(_post_all(each, numbers) for each in connections))
    return perf_counter() - began


async def _post_all(author: Connection, numbers: Iterator[int]) -> None:
    for number in numbers:
        await post(author, f"drop {number} of a flood")


async def _look(seen: Seen, quiet: Connection, reader: Connection, children: Sequence[Child]) -> None:
    posted = await post(quiet, "a drop beside the flood")
    seen.deliveries.append(await delivered(quiet, posted, targets=QUIET_FOLLOWERS) - posted.sent)
    began = perf_counter()
    page = await reader.ask(PAGE)
    seen.pages.append(perf_counter() - began)
    if not 0 < len(page["feed"]["edges"]) <= PAGE_SIZE:
        raise RuntimeError("the page is empty")
    for child in children:
        seen.memory.setdefault(child.name, []).append(resident_bytes(child.pid))
