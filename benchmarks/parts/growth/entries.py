"""Axis: the entries of all readers in the database."""

import asyncio
from collections.abc import Sequence

from benchmarks.parts.growth.points import Point
from benchmarks.parts.growth.worlds import WINDOW, Reader, make_usual_world
from benchmarks.sizes import Growth
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services
from storage import Storage

AXIS = "entries in the database"
READERS = 100  # at most; read in turn, since the feed of a single reader would always be cached
WRITERS = 4
MIB = 2**20


async def make_points(stack: Stack, size: Growth) -> list[Point]:
    points = []
    for number in size.entries:
        settings = settings_for(stack, f"growth-entries-{number}", redis_database=0, celebrity_threshold=WINDOW)
        async with quiet_services(settings) as services:
            world, authors = await make_usual_world(services.storage)
            readers = [await world.make_reader(pushed=authors) for _ in range(min(READERS, size.entries[0] // WINDOW))]
            await _write_others(services.storage, readers, number // WINDOW - len(readers), by=authors[0])
            server_memory = await _server_memory(services.storage)
        points.append(
            Point(
                name=f"{number:,} {AXIS}",
                x=number,
                settings=settings,
                readers=readers,
                server_memory=server_memory,
                is_bounded=number == size.entries[-1],
            )
        )
    return points


async def _write_others(storage: Storage, readers: Sequence[Reader], number: int, *, by: int) -> None:
    """Write full feeds of other readers, whose ids lie between those of the measured ones."""
    window = readers[0].feed[:WINDOW]
    others = (readers[place % len(readers)].id + 1 + place // len(readers) for place in range(number))

    async def write_some() -> None:
        for reader in others:
            await storage.feed.entries.insert_entries((reader, post, by) for post in window)

    await asyncio.gather(*(write_some() for _ in range(WRITERS)))


async def _server_memory(storage: Storage) -> int:
    """Return the resident memory of mongod in bytes. Most of it is cache."""
    return int((await storage.mongo.database.command("serverStatus"))["mem"]["resident"]) * MIB
