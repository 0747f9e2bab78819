"""`python -m benchmarks.audience`: measures the memory of a connected viewer's followees in a web process."""

import gc
import random
import tracemalloc
from functools import partial
from typing import Any, cast

from live.arrival import Arrival
from live.subscriber import Subscriber
from live.subscribers import Subscribers

FOLLOWEES = (50, 500, 5_000)
SUBSCRIPTIONS = (1, 20)
PAIRS = 200_000  # of a viewer and a followee, in each measurement


def kib_per_viewer(followees: int, subscriptions: int) -> float:
    """Return the memory of one viewer in KiB. Each author is followed by four of the viewers on average."""
    viewers = PAIRS // followees
    authors = [random.getrandbits(61) for _ in range(max(2 * followees, PAIRS // 4))]
    gc.collect()
    tracemalloc.start()
    audience = Subscribers(make_arrival=partial(Arrival, cast(Any, None)), note_slow=lambda: None)
    for number in range(viewers):
        for _ in range(subscriptions):
            viewer = audience.enter(Subscriber(viewer=number, token="", since=audience.place))
        audience.load(viewer, random.sample(authors, followees))
    gc.collect()
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return used / viewers / 1024


def main() -> None:
    for followees in FOLLOWEES:
        for subscriptions in SUBSCRIPTIONS:
            used = kib_per_viewer(followees, subscriptions)
            print(f"{followees:6,} followees, {subscriptions:2} subscriptions: {used:8.1f} KiB")


if __name__ == "__main__":
    main()
