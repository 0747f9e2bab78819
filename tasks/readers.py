"""Readers who stop reading: nothing is pushed to the dormant, and everything again to those who are back."""

from datetime import UTC, datetime

from domain.watermarks import NEVER
from storage.mongo import MAX_MERGED_RANGES
from tasks import messages
from tasks.materialise import materialise
from tasks.messages import Message
from tasks.resources import Resources

SWEEP_LIMIT = 1_000  # readers


async def sleep(resources: Resources, reader: int) -> list[Message]:
    """Raise all edges of a reader who has been silent for long. The floor stays where it is."""
    silent_since = resources.policy.silent_since(datetime.now(UTC))
    if not await resources.storage.readers.fall_asleep(reader, silent_since=silent_since):
        return []
    await resources.storage.edges.stop_pushing_reader(reader)
    is_dormant = bool(await resources.storage.readers.dormant_among([reader]))
    return [] if is_dormant else [messages.wake(reader)]  # the reader came back while edges were raised


async def wake(resources: Resources, reader: int, after: int) -> list[Message]:
    """Make one batch of the reader's edges pushed again, but those of celebrities; the next message goes on."""
    storage = resources.storage
    if await storage.readers.dormant_among([reader]):
        return []
    edges = await storage.edges.find_pulled_of_reader(reader, after=after, limit=MAX_MERGED_RANGES)
    celebrities = await storage.users.celebrities_among({edge.followee for edge in edges})
    pushed = [edge.id for edge in edges if edge.followee not in celebrities]
    floor = await storage.readers.floor(reader)
    await materialise(storage, pushed, seen=NEVER, down_to=floor, depth=resources.policy.feed_window)
    if len(edges) == MAX_MERGED_RANGES:
        return [messages.wake(reader, after=edges[-1].id)]
    await storage.readers.finish_waking(reader)
    return []


async def sweep(resources: Resources) -> list[Message]:
    """Find readers who have fallen silent, and those who are back but were never quite woken."""
    silent_since = resources.policy.silent_since(datetime.now(UTC))
    silent = await resources.storage.readers.find_silent(since=silent_since, limit=SWEEP_LIMIT)
    waking = await resources.storage.readers.find_waking(limit=SWEEP_LIMIT)
    return [*(messages.sleep(reader) for reader in silent), *(messages.wake(reader) for reader in waking)]
