"""The entries in the database, those of all readers together."""

import asyncio
from collections.abc import Sequence

from benchmarks.parts.growth.points import Point
from benchmarks.parts.growth.worlds import WINDOW, Reader, make_usual_world
from benchmarks.sizes import Growth
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services
from storage import Storage

AXIS = "entries in the database"
READERS = 100  # at most, and read in turn: the feed of one alone would be in every cache
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
    """Full feeds of so many other readers, who are between these ones by their ids."""
    window = readers[0].feed[:WINDOW]
    others = (readers[place % len(readers)].id + 1 + place // len(readers) for place in range(number))

    async def write_some() -> None:
        for reader in others:
            await storage.feed.entries.insert_entries((reader, post, by) for post in window)

    await asyncio.gather(*(write_some() for _ in range(WRITERS)))


async def _server_memory(storage: Storage) -> int:
    """Bytes resident, most of them its cache."""
    return int((await storage.mongo.database.command("serverStatus"))["mem"]["resident"]) * MIB
