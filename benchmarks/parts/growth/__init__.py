"""Growth: page time and memory as the data, a reader or a backlog grows. One axis varies at a time."""

from collections.abc import AsyncIterator

from benchmarks.figures import Figure
from benchmarks.parts.growth import celebrities, depth, entries, followees, in_flight, readers
from benchmarks.parts.growth.points import measure_points
from benchmarks.sizes import Size
from benchmarks.stack import Stack
from launch.embedded import Say


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    for axis in (entries, followees, celebrities, in_flight, depth, readers):
        say(f"page time by {axis.AXIS}")
        points = await axis.make_points(stack, size.growth)
        async for figure in measure_points(stack, axis.AXIS, points, size.growth, say=say):
            yield figure
