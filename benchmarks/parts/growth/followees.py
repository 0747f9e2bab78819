"""Axis: the accounts that the reader follows, all of them pushed."""

from benchmarks.parts.growth.points import Point
from benchmarks.parts.growth.worlds import FOLLOWEES, HISTORY, World
from benchmarks.sizes import Growth
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services

AXIS = "accounts followed"
RARE_HISTORY = 2  # posts of each account that only readers with many followees follow


async def make_points(stack: Stack, size: Growth) -> list[Point]:
    most = max(size.followees)
    settings = settings_for(stack, "growth-followees", redis_database=0, celebrity_threshold=most)
    async with quiet_services(settings) as services:
        world = World(services.storage)
        authors = await world.make_people(most)
        often = dict.fromkeys(authors[:FOLLOWEES], HISTORY)
        await world.make_history(dict.fromkeys(authors, RARE_HISTORY) | often)
        readers = {number: await world.make_reader(pushed=authors[:number]) for number in size.followees}
    return [
        Point(name=f"{number:,} {AXIS}", x=number, settings=settings, readers=[reader])
        for number, reader in readers.items()
    ]
