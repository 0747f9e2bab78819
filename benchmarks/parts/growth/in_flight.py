"""Axis: the posts in flight in the whole system, a backlog without workers.

They are by strangers, each by another one, which is the most expensive case, or by the accounts that the reader
follows.
"""

from benchmarks.parts.growth.points import Point
from benchmarks.parts.growth.worlds import WINDOW, make_usual_world
from benchmarks.sizes import Growth
from benchmarks.stack import Stack, settings_for
from benchmarks.worlds import quiet_services

AXIS = "posts in flight"
STRANGERS, FOLLOWED = "by strangers", "by accounts followed"
BOUNDED = 1_000  # posts in flight, for which a page must cost little more


async def make_points(stack: Stack, size: Growth) -> list[Point]:
    series = [(STRANGERS, number) for number in size.in_flight]
    series += [(FOLLOWED, number) for number in size.in_flight if number]
    return [await _make_point(stack, by, number) for by, number in series]


async def _make_point(stack: Stack, by: str, number: int) -> Point:
    name = f"growth-in-flight-{by}-{number}".replace(" ", "-")
    settings = settings_for(stack, name, redis_database=0, celebrity_threshold=WINDOW)
    async with quiet_services(settings) as services:
        world, authors = await make_usual_world(services.storage)
        reader = await world.make_reader(pushed=authors)
        await world.put_in_flight(authors if by == FOLLOWED else await world.make_people(number), number)
    return Point(
        name=f"{number:,} {AXIS} {by if number else ''}".rstrip(),
        x=number,
        settings=settings,
        readers=[reader],
        series=by,
        is_bounded=0 < number <= BOUNDED,
    )
