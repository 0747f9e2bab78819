"""Dormant readers: fan-out stops writing to readers who stop reading, and resumes when they return."""

from datetime import UTC, datetime

from storage.mongo import MAX_MERGED_RANGES
from tasks import messages
from tasks.materialise import push_again
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices
from tasks.trimming import trim_all

SWEEP_LIMIT = 1_000  # readers
SLEEP_BATCH = 5_000  # edges


@task("reader.sleep")
async def make_dormant(services: TaskServices, reader: int) -> list[Message]:
    """Make a silent reader dormant, and raise one batch of its edges. The next message continues.

    The floor does not change.
    """
    silent_since = services.policy.silent_since(datetime.now(UTC))
    if not await services.storage.readers.make_dormant(reader, silent_since=silent_since):
        return [messages.wake_reader(reader)]  # an earlier run may have raised edges and died
    has_more = await services.storage.feed.edges.stop_pushing_reader(reader, limit=SLEEP_BATCH)
    if not await services.storage.readers.dormant_among([reader]):
        await services.storage.readers.mark_waking(reader)  # the reader returned while edges were raised
        return [messages.wake_reader(reader)]
    if has_more:
        return [messages.make_dormant(reader)]
    await services.storage.readers.finish_sleeping(reader)
    return []


@task("reader.wake")
async def wake_reader(services: TaskServices, reader: int, after: int) -> list[Message]:
    """Make one batch of the reader's edges pushed again, except those of celebrities. The next message continues."""
    storage = services.storage
    if await storage.readers.dormant_among([reader]):
        return []
    batch = await storage.feed.edges.pulled_of_reader(reader, after=after, limit=MAX_MERGED_RANGES)
    floor = await storage.readers.floor(reader)
    written = await push_again(storage, batch.pulled, down_to=floor, depth=services.policy.feed_window)
    if batch.until is not None:
        return [*trim_all(written), messages.wake_reader(reader, after=batch.until)]
    await storage.readers.finish_waking(reader)
    return trim_all(written)


@task("reader.sweep", every_s=60)
async def sweep_readers(services: TaskServices) -> list[Message]:
    """Find readers who have fallen silent, and those whose edges were not all moved."""
    silent_since = services.policy.silent_since(datetime.now(UTC))
    silent = await services.storage.readers.find_silent(since=silent_since, limit=SWEEP_LIMIT)
    sleeping = await services.storage.readers.find_sleeping(limit=SWEEP_LIMIT)
    waking = await services.storage.readers.find_waking(limit=SWEEP_LIMIT)
    asleep = [*silent, *sleeping]
    return [*(messages.make_dormant(reader) for reader in asleep), *(messages.wake_reader(reader) for reader in waking)]
