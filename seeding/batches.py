"""Processes rows in concurrent batches with a progress bar."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import click

BATCH = 1_000  # rows
PARALLEL = 4  # batches: some are encoded while the server writes others

T = TypeVar("T")


async def in_batches(label: str, rows: Sequence[T], write: Callable[[Sequence[T]], Awaitable[int]]) -> int:
    """Write all rows with `write`. Return the sum of its results."""
    total = 0
    places = iter(range(0, len(rows), BATCH))
    with click.progressbar(length=len(rows), label=label, file=sys.stderr) as bar:

        async def write_some() -> None:
            nonlocal total
            for place in places:
                batch = rows[place : place + BATCH]
                written = await write(batch)  # `total += await …` would read the total first
                total += written
                bar.update(len(batch))

        await asyncio.gather(*(write_some() for _ in range(PARALLEL)))
    return total
