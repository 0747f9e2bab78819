"""Maintains one reader's feed: writes entries of older posts for new edges, and trims old entries."""

from storage.feed.edges import IS_FILLING
from storage.feed.entries import Entries
from storage.mongo import MAX_MERGED_RANGES
from tasks import messages
from tasks.materialise import materialise
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices
from tasks.trimming import trim_all

SWEEP_LIMIT = 1_000  # edges
TRIM_SLACK = 0.1  # share of the window by which a feed may be longer before it is trimmed
DELETE_BATCH = 20_000  # entries
WITH_REPLIES = 4  # windows that a feed may fill with replies to others


@task("feed.fill")
async def fill_feed(services: TaskServices, reader: int) -> list[Message]:
    """Write the newest posts of newly followed accounts as entries, so that reads need not pull them."""
    edges = await services.storage.feed.edges.find_filling_of_reader(reader, limit=MAX_MERGED_RANGES)
    if not edges:
        return []
    floor = await services.storage.readers.floor(reader)
    window = services.policy.feed_window
    written = await materialise(services.storage, edges, seen=IS_FILLING, down_to=floor, depth=window)
    next_batch = [messages.fill_feed(reader)] if len(edges) == MAX_MERGED_RANGES else []
    return [*trim_all(written), *next_batch]


@task("feed.trim")
async def trim_feeds(services: TaskServices, readers: list[int]) -> list[Message]:
    """Keep the newest FEED_WINDOW entries of each reader: raise the floor, commit it, then delete below it.

    Replies to others do not count up to WITH_REPLIES windows in all: otherwise a feed full of them would hold little
    of what its reader sees, and most pages would be pulled.
    """
    storage, window = services.storage, services.policy.feed_window
    entries = storage.feed.entries
    sent: list[Message] = []
    for reader in readers:
        floor = await storage.readers.floor(reader)
        if await _oldest_of(entries, reader, floor=floor, window=trim_threshold(window)) is None:
            continue
        if oldest_kept := await _oldest_of(entries, reader, floor=floor, window=window):
            await storage.readers.raise_floor(reader, oldest_kept)
            if await entries.delete_below(reader, oldest_kept, limit=DELETE_BATCH):
                sent.append(messages.drop_below_floor(reader))
    return sent


async def _oldest_of(entries: Entries, reader: int, *, floor: int, window: int) -> int | None:
    """Return the oldest entry of the newest `window`, as the trim counts them. None if there are fewer."""
    counted = await entries.nth_newest(reader, floor=floor, nth=window, with_replies=False)
    of_all = await entries.nth_newest(reader, floor=floor, nth=WITH_REPLIES * window)
    return max((oldest for oldest in (counted, of_all) if oldest is not None), default=None)


@task("feed.drop")
async def drop_below_floor(services: TaskServices, reader: int) -> list[Message]:
    """Delete one batch of the entries below the floor.

    The next message continues; if it is lost, the next trim does.
    """
    floor = await services.storage.readers.floor(reader)
    has_more = await services.storage.feed.entries.delete_below(reader, floor, limit=DELETE_BATCH)
    return [messages.drop_below_floor(reader)] if has_more else []


@task("feed.sweep", every_s=30)
async def sweep_feeds(services: TaskServices) -> list[Message]:
    """Send tasks again for edges that are still FILLING, because their task was lost or died."""
    readers = await services.storage.feed.edges.find_filling_readers(limit=SWEEP_LIMIT)
    return [messages.fill_feed(reader) for reader in sorted(readers)]


def trim_threshold(window: int) -> int:
    """Return the number of entries from which a feed is trimmed."""
    return window + max(1, int(window * TRIM_SLACK))
