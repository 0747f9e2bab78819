"""Axis: the depth of the page. The first pages are read from entries, and those below the feed's window are pulled."""

from benchmarks.pages import PAGE_SIZE
from benchmarks.parts.growth.points import Point
from benchmarks.parts.growth.worlds import WINDOW, make_usual_world
from benchmarks.sizes import Growth
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services
from schema.global_ids import IdKind, encode

AXIS = "pages above it"


async def make_points(stack: Stack, size: Growth) -> list[Point]:
    settings = settings_for(stack, "growth-depth", redis_database=0, celebrity_threshold=WINDOW)
    async with quiet_services(settings) as services:
        world, authors = await make_usual_world(services.storage)
        reader = await world.make_reader(pushed=authors)
    ends = {
        above: encode(IdKind.POST_CURSOR, reader.feed[above * PAGE_SIZE - 1]) if above else None for above in size.depth
    }
    return [
        Point(name=f"{above} {AXIS}", x=above, settings=settings, readers=[reader], after=end)
        for above, end in ends.items()
    ]
