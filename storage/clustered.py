"""The collection of feeds: clustered, and in small leaf pages, which can only be chosen when it is created."""

from collections.abc import Mapping
from typing import Any

import structlog
from pymongo.errors import OperationFailure

from storage.mongo import Document, Mongo

FEEDS = "feeds"
CLUSTERED: Mapping[str, Any] = {"clusteredIndex": {"key": {"_id": 1}, "unique": True}}
# A post adds one entry to each of many feeds, far from each other. If feeds are larger than the cache, each entry costs
# the reading and writing of its page. By default a page has 32 kB, and blocks have multiples of 4 kB on disk, which
# would waste half of each compressed page of 8 kB.
SMALL_PAGES = "leaf_page_max=8KB,allocation_size=512B"
NAMESPACE_EXISTS = 48

log = structlog.get_logger()


async def create_feeds(mongo: Mongo, name: str = FEEDS) -> None:
    """Create the collection, unless it exists. If the server refuses small pages, it has the default ones.

    Raises:
        OperationFailure: The server refuses even these.
    """
    try:
        if not await create_collection(mongo, name, **in_pages(SMALL_PAGES)):
            return
    except OperationFailure as refused:
        if await create_collection(mongo, name, **CLUSTERED):
            log.warning("feeds.default_pages", reason=str(refused), effect="slower if feeds are larger than the cache")


async def create_collection(mongo: Mongo, name: str, **options: Any) -> bool:
    """Create the collection. Return whether it did not exist.

    Raises:
        OperationFailure: The server refuses it.
    """
    try:
        await mongo.database.command({"create": name, **options})
    except OperationFailure as error:
        if error.code != NAMESPACE_EXISTS:
            raise
        return False
    return True


async def find_collection(mongo: Mongo, name: str = FEEDS) -> Document | None:
    """Return the row of the collection in the list of collections: its `options`, and its UUID in `info`."""
    answer = await mongo.database.command({"listCollections": 1, "filter": {"name": name}})
    return next(iter(answer["cursor"]["firstBatch"]), None)


def in_pages(pages: str) -> Mapping[str, Any]:
    """Return the options of a clustered collection with that configuration of WiredTiger."""
    return {**CLUSTERED, "storageEngine": {"wiredTiger": {"configString": pages}}}


def are_pages_small(row: Document) -> bool:
    """Return whether the collection of that row was created with small pages."""
    configured = row["options"].get("storageEngine", {}).get("wiredTiger", {}).get("configString", "")
    return "leaf_page_max=8KB" in str(configured)
