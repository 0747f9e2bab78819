"""64-bit ids: milliseconds in the high bits, randomness below.

`storage.memory.ids` draws them. The time in an id places a new row near the top of a list. Feeds stay exact even if
that time is wrong.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
RANDOM_BITS = 21
MAX_ID = 2**62 - 1  # reached in the year 2089; watermarks use the values above
IDS_OF_HOUR = 3_600_000 << RANDOM_BITS  # EPOCH is the beginning of an hour
IDS_OF_DAY = 24 * IDS_OF_HOUR


def instant_of(number: int) -> datetime:
    """Return the time at which the id was drawn, in UTC, to the millisecond."""
    return EPOCH + timedelta(milliseconds=number >> RANDOM_BITS)


def first_id_at(instant: datetime) -> int:
    """Return the lowest id that can be drawn at the instant."""
    return int((instant - EPOCH) / timedelta(milliseconds=1)) << RANDOM_BITS


def first_id_of_hour(number: int) -> int:
    """Return the lowest id that can be drawn in the same hour, in UTC, as the given one."""
    return number - number % IDS_OF_HOUR


def first_id_of_day(number: int) -> int:
    """Return the lowest id that can be drawn on the same day, in UTC, as the given one."""
    return number - number % IDS_OF_DAY
