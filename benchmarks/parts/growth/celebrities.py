"""Axis: the celebrities that the reader follows. Their posts are merged in when the feed is read."""

from benchmarks.parts.growth.points import Point
from benchmarks.parts.growth.worlds import FOLLOWEES, HISTORY, World
from benchmarks.sizes import Growth
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services

AXIS = "celebrities followed"


async def make_points(stack: Stack, size: Growth) -> list[Point]:
    settings = settings_for(stack, "growth-celebrities", redis_database=0, celebrity_threshold=FOLLOWEES)
    async with quiet_services(settings) as services:
        world = World(services.storage)
        authors, celebrities = await world.make_people(FOLLOWEES), await world.make_people(max(size.celebrities))
        await world.make_history(dict.fromkeys([*authors, *celebrities], HISTORY))
        readers = {
            number: await world.make_reader(pushed=authors, pulled=celebrities[:number]) for number in size.celebrities
        }
    return [
        Point(name=f"{number:,} {AXIS}", x=number, settings=settings, readers=[reader])
        for number, reader in readers.items()
    ]
