"""The parts of the benchmark in their order. Each is a module with a `measure`."""

from collections.abc import AsyncIterator, Mapping
from typing import Protocol

from benchmarks.figures import Figure
from benchmarks.parts import fan_out, flood, growth, hostile, hybrid, live, mixed, page, posting
from benchmarks.sizes import Size
from benchmarks.stack import Stack
from launch.embedded import Say


class Measure(Protocol):
    def __call__(self, stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]: ...


PARTS: Mapping[str, Measure] = {
    "posting": posting.measure,
    "fan-out": fan_out.measure,
    "page": page.measure,
    "mixed": mixed.measure,
    "growth": growth.measure,
    "hybrid": hybrid.measure,
    "live": live.measure,
    "flood": flood.measure,
    "hostile": hostile.measure,
}
WHEN_ASKED = ("flood", "hostile")  # growth shows the shape of curves, not speeds
