"""Not an axis but kinds of readers: few or many accounts followed, pushed or pulled whole, with reposts, with mutes."""

from collections.abc import Sequence

from benchmarks.parts.growth.points import Point
from benchmarks.parts.growth.worlds import FOLLOWEES, HISTORY, WINDOW, Reader, World
from benchmarks.sizes import Growth
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services

AXIS = "kind of reader"
RARE_HISTORY = 2  # posts of each account beyond the first FOLLOWEES
MUTED = 50


async def make_points(stack: Stack, size: Growth) -> list[Point]:
    """Return readers of so many accounts, pushed, then pulled whole, then the others."""
    settings = settings_for(stack, "growth-readers", redis_database=0, celebrity_threshold=WINDOW)
    async with quiet_services(settings) as services:
        world = World(services.storage)
        authors = await world.make_people(max(*size.pushed, *size.pulled, FOLLOWEES))
        often = dict.fromkeys(authors[:FOLLOWEES], HISTORY)
        await world.make_history(dict.fromkeys(authors, RARE_HISTORY) | often)
        readers = {f"{number:,} pushed": await world.make_reader(pushed=authors[:number]) for number in size.pushed}
        for number in size.pulled:
            readers[f"{number:,} pulled whole"] = await world.make_reader(pushed=[], pulled=authors[:number])
        readers[f"{FOLLOWEES} pushed, mutes {MUTED}"] = await _mutes(world, authors[:FOLLOWEES])
        readers[f"{FOLLOWEES} pushed, every post reposted"] = await _reposts(world)
    return [
        Point(name=name, x=None, series=name, settings=settings, readers=[reader]) for name, reader in readers.items()
    ]


async def _mutes(world: World, authors: Sequence[int]) -> Reader:
    reader = await world.make_reader(pushed=authors)
    for muted in authors[:MUTED]:
        await world.storage.relations.mute(reader.id, muted, until=None)
    return reader


async def _reposts(world: World) -> Reader:
    """Return a reader of accounts that have reposted posts of strangers, and have written none."""
    reposters = await world.make_people(FOLLOWEES)
    await world.make_reposts(reposters)
    return await world.make_reader(pushed=reposters)
