"""The lower bound of a fan-out: the same entries, written by the plain driver alone."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from time import perf_counter
from typing import Any

from pymongo import MongoClient
from pymongo.collection import Collection

from storage.clustered import SMALL_PAGES, in_pages
from storage.feed.entries import entry_of

BATCH = 1_000  # entries in one insert, as is usual

Feeds = Collection[dict[str, Any]]


@contextmanager
def scratch_feeds(url: str, database: str) -> Iterator[Feeds]:
    """Yield a collection that is stored as feeds are, in a separate database."""
    with MongoClient[dict[str, Any]](url, w="majority") as client:
        client[database].command({"create": "feeds", **in_pages(SMALL_PAGES)})
        yield client[database]["feeds"]


def write_entries(feeds: Feeds, post: int, readers: Sequence[int]) -> float:
    """Return the seconds it takes to write one post's entries."""
    began = perf_counter()
    _write(feeds, ((reader, post) for reader in readers))
    return perf_counter() - began


def fill_feeds(feeds: Feeds, readers: Sequence[int], posts: Sequence[int]) -> None:
    """Fill the feeds reader by reader, which is many times faster than post by post."""
    _write(feeds, ((reader, post) for reader in readers for post in posts))


def _write(feeds: Feeds, keys: Iterable[tuple[int, int]]) -> None:
    rest = iter(keys)
    while batch := [entry_of(reader, post, 1) for reader, post in islice(rest, BATCH)]:
        feeds.insert_many(batch, ordered=False)
