"""Processor time of mongod and of one process beside it, and tables of it."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

from benchmarks.alternating import ratios

COLUMNS = "| | mongod | times | {process} | times |\n|---|---|---|---|---|"


class Cost(NamedTuple):
    """Processor time of one action, in ms."""

    mongod: float
    process: float


async def cost_of(
    act: Callable[[], Awaitable[object]],
    *,
    mongod: Callable[[], float],
    process: Callable[[], float],
    most: int,
    longest_s: float,
) -> Cost:
    """Repeat the action until the time or the number is reached, and return what one of them costs.

    `mongod` and `process` return the processor time that was used up to now, in seconds.
    """
    ends_at, number = perf_counter() + longest_s, 0
    before = mongod(), process()
    while number < most and (number == 0 or perf_counter() < ends_at):
        await act()
        number += 1
    used = mongod() - before[0], process() - before[1]
    return Cost(*(1_000 * seconds / number for seconds in used))


def table(costs: Mapping[str, Sequence[Cost]], *, against: str, process: str) -> Iterator[str]:
    """Yield the lines of a table of medians. The ratios are medians of each round's ratio to `against`."""
    yield from COLUMNS.format(process=process).splitlines()
    base = costs[against]
    for name, each in costs.items():
        cells = [name]
        for part in range(len(Cost._fields)):
            ours, theirs = [cost[part] for cost in each], [cost[part] for cost in base]
            cells += [f"{median(ours):.2f} ms", f"{median(ratios(ours, theirs)):.2f}"]
        yield f"| {' | '.join(cells)} |"
