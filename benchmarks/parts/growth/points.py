"""Measures the points of an axis alternately, each with its own web process, over one connection."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from statistics import median

from benchmarks.alternating import alternate, ratios
from benchmarks.client import Connection, opened
from benchmarks.figures import Figure
from benchmarks.pages import PAGE, time_page
from benchmarks.parts.growth.worlds import Reader
from benchmarks.processes import cpu_seconds, resident_bytes
from benchmarks.sizes import Growth
from benchmarks.stack import Stack, running
from launch.embedded import Say
from launch.ports import free_port
from settings import Settings

PAGE_AFTER = PAGE.replace("{ feed(first: 20)", "query ($after: String) { feed(first: 20, after: $after)", 1)
GROWTH = 1.5  # the upper bound of a page's slowdown, if it has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    name: str
    x: int | None  # None for one of several kinds
    settings: Settings  # of its database
    readers: Sequence[Reader]
    after: str | None = None  # a cursor
    series: str = "page of 20"
    server_memory: int | None = None  # bytes
    is_bounded: bool = False


async def measure_points(
    stack: Stack, axis: str, points: Sequence[Point], size: Growth, *, say: Say
) -> AsyncIterator[Figure]:
    """Yield the page times, the memory of the web processes, and the ratios of page times to the first point's."""
    say(f"starting {len(points)} web processes")
    with ExitStack() as processes:
        readings = {}
        for point in points:
            settings = point.settings.replace(port=free_port())
            (web,) = processes.enter_context(running(stack, settings, ["web"]))
            readings[point.name] = _Reading(settings.port, point, web=web.pid, mongod=stack.mongod)
        contestants = {name: partial(reading.pages, size.pages) for name, reading in readings.items()}
        read = await alternate(contestants, rounds=size.rounds, say=say)
        memory = {name: reading.memory() for name, reading in readings.items()}
    for point in points:
        yield Figure(
            name=f"page, {point.name}",
            samples=[page for pages in read[point.name] for page in pages.seconds],
            plot=f"page of 20 by {axis}",
            series=point.series,
            x=point.x,
        )
        for name in ("web", "mongod"):
            samples = [getattr(pages, name) for pages in read[point.name]]
            yield Figure(name=f"… {name}, processor time, {point.name}", samples=samples)
    base, *others = points
    for point in others:
        yield Figure(
            name=f"… {point.name} / {base.name}",
            samples=ratios(*([median(pages.seconds) for pages in read[name]] for name in (point.name, base.name))),
            unit="times",
            promise=GROWTH if point.is_bounded else None,
        )
    for point in points:
        for figure in _memory(axis, point, memory[point.name]):
            yield figure


def _memory(axis: str, point: Point, web: int) -> Iterator[Figure]:
    """Yield the memory. The web process's is not plotted, since it does not grow."""
    if point.server_memory is None:
        yield Figure(name=f"web process, {point.name}", samples=[web], unit="bytes")
        return
    for series, used in (("web process", web), ("mongod", point.server_memory)):
        plot = f"memory by {axis}"
        yield Figure(name=f"{series}, {point.name}", samples=[used], unit="bytes", plot=plot, series=series, x=point.x)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of one round: the seconds of each, and the processor time of one, in seconds."""

    seconds: list[float]
    web: float
    mongod: float


class _Reading:
    """`web` and `mongod` are process groups."""

    def __init__(self, port: int, point: Point, *, web: int, mongod: int) -> None:
        self._port = port
        self._web = web
        self._mongod = mongod
        self._after = point.after
        self._readers = cycle(point.readers)

    async def pages(self, number: int) -> _Pages:
        """Read that many pages.

        Raises:
            RuntimeError: A page is not full.
        """
        async with opened(self._port) as connection:  # a new connection, since the server closes idle ones
            await self._page(connection)
            before = self._used()
            seconds = [await self._page(connection) for _ in range(number)]
            web, mongod = ((after - began) / number for after, began in zip(self._used(), before, strict=True))
            return _Pages(seconds, web, mongod)

    async def _page(self, connection: Connection) -> float:
        connection.carry(next(self._readers).token)
        return await time_page(connection, connection.request(PAGE_AFTER, after=self._after))

    def memory(self) -> int:
        return resident_bytes(self._web)

    def _used(self) -> tuple[float, float]:
        return cpu_seconds(self._web), cpu_seconds(self._mongod)
