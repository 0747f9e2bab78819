"""Compares the clock of this machine with that of MongoDB's primary, which every process can reach.

An id begins with the time of the process that draws it. If the clock of a process is ahead, its posts stay at the top
of every feed until the other clocks have caught up.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from pymongo.errors import PyMongoError

from compat.asyncio import stop
from storage.mongo import Mongo

COMPARE_EVERY_S = 60.0
# If two clocks differ by more than a second, one of them differs from MongoDB's by more than half a second.
TOLERATED_S = 0.5
WHAT_TO_DO = "synchronise the clocks of this machine and of MongoDB's, with NTP"

log = structlog.get_logger()


async def measure_offset_s(mongo: Mongo) -> tuple[float, float]:
    """Return the seconds by which our clock is ahead of the primary's, and the error of the measurement.

    The error is half the round trip, in seconds.
    """
    asked_at, began = time.time(), time.monotonic()
    hello = await mongo.hello()
    half_s = (time.monotonic() - began) / 2
    return offset_s(asked_at + half_s, hello["localTime"]), half_s


def offset_s(ours: float, theirs: datetime) -> float:
    """Return the seconds by which our time, in seconds since 1970, is ahead of theirs."""
    return ours - theirs.timestamp()


@asynccontextmanager
async def watching_clock(mongo: Mongo, note: Callable[[float], None] = lambda _: None) -> AsyncIterator[None]:
    """Compare the clocks at once and then every minute, inside the block. Call `note` with each offset in seconds."""
    watching = asyncio.create_task(_watch(mongo, note))
    try:
        yield
    finally:
        await stop(watching)


async def _watch(mongo: Mongo, note: Callable[[float], None]) -> None:
    while True:
        try:
            offset, uncertain_s = await measure_offset_s(mongo)
        except PyMongoError:
            pass  # the users of the connection log the outage
        else:
            note(offset)
            if abs(offset) - uncertain_s > TOLERATED_S:
                log.warning("clock.differs", ahead_of_mongodb_s=round(offset, 3), do=WHAT_TO_DO)
        await asyncio.sleep(COMPARE_EVERY_S)
