"""How a feed is read, as switches, and the constants of the reads.

With all switches on, it is what docs/feed.md and `storage/feed` say. `READ_SWITCHES` lists a wrong feed for each.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import NamedTuple

from tests.formulas import ALL


class Bounds(NamedTuple):
    """The constants of `storage/feed`. They are smaller than in production, so that small worlds exceed them."""

    slack: int = 1  # rows of a source beyond a page
    few_in_flight: int = 1
    refill: int = 2
    max_batch: int = 4
    most_read: int = 3
    earlier: int = 1  # reposts read at once
    repeat_after: int = 25


@dataclass(frozen=True, slots=True)
class Reading:
    # The range ends at the oldest row of a source that was read up to its limit.
    low_of_entries: bool = True
    low_of_pulled: bool = True
    low_of_in_flight: bool = True
    low_below_floor: bool = True

    # Facts are read from the base data, for all that decides.
    looks_below: bool = True
    joins_originals: bool = True

    # A page may be short, and says so.
    short_has_next: bool = True
    short_says_end: bool = True

    # The conditions of tests/formulas.py that the decision leaves out.
    without: Set[str] = frozenset()

    # A choice. The feed is exact with either.
    leaves_hidden_out: bool = True  # hidden accounts and those out of the feed are not pulled


class ReadSwitch(NamedTuple):
    instead: str
    off: Reading

    def __str__(self) -> str:
        return self.instead


LOW = {
    "entries": ReadSwitch("a full page of entries does not end the range", Reading(low_of_entries=False)),
    "pulled": ReadSwitch("a full page of pulled posts does not end the range", Reading(low_of_pulled=False)),
    "in flight": ReadSwitch("a full page of posts in flight does not end the range", Reading(low_of_in_flight=False)),
    "below the floor": ReadSwitch("a full page below the floor is the last range", Reading(low_below_floor=False)),
}
READ_SWITCHES = (
    ReadSwitch("earlier reposts are looked for in the range only", Reading(looks_below=False)),
    ReadSwitch("a repost of a post that is gone is shown", Reading(joins_originals=False)),
    ReadSwitch("a short page has no next one", Reading(short_has_next=False)),
    ReadSwitch("the page after a short one begins at its last event", Reading(short_says_end=False)),
    *(ReadSwitch(f"not checked: {name}", Reading(without=frozenset({name}))) for name in sorted(ALL)),
)
