"""The floor under every fan-out: the same entries, written by the plain driver with nothing around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from pymongo import MongoClient
from pymongo.collection import Collection

from storage.entries import BATCH, entry_of
from storage.indexes import CLUSTERED


@contextmanager
def scratch_feeds(url: str, database: str) -> Iterator[Collection[dict[str, Any]]]:
    """A collection of the shape that feeds have, in a database of its own."""
    with MongoClient[dict[str, Any]](url, w="majority") as client:
        client[database].command({"create": "feeds", "clusteredIndex": CLUSTERED["feeds"]})
        yield client[database]["feeds"]


def write_entries(feeds: Collection[dict[str, Any]], post: int, *, readers: int) -> float:
    """The seconds it takes."""
    began = perf_counter()
    for place in range(0, readers, BATCH):
        batch = range(place, min(place + BATCH, readers))
        feeds.insert_many([entry_of(reader, post, 1) for reader in batch], ordered=False)
    return perf_counter() - began
