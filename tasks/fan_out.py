"""Fan-out: writes a post into the feeds of its author's pushed followers, chunk by chunk.

Every task may run twice, late or never. It rereads the state, does the remaining work and returns the next messages. If
those are lost, the sweep finds the post again in MongoDB.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog

from domain.ids import instant_of
from domain.policy import FLOOD
from domain.records import Chunk
from storage.feed.ledgers import PostInFlight
from storage.mongo import ClientSession
from tasks import messages
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices
from tasks.trimming import trim_some

FAN_OUT_CHUNK = 5_000  # followers; the chunks of a post write its ledger one after the other
AT_ONCE = 2_500  # followers; a post to more of them gets a message for each chunk, which other posts do not wait for
OVERDUE_AFTER = timedelta(seconds=10)
OVERDUE_IN_BACKLOG_AFTER = timedelta(minutes=5)
BACKLOG = 1_000  # messages
SWEEP_LIMIT = 1_000  # posts

log = structlog.get_logger()


@task("fan_out.start")
async def start_fan_out(services: TaskServices, post: int) -> list[Message]:
    """Write the ledger if there is none, and deliver or send its chunks."""
    storage = services.storage
    async with storage.mongo.causal() as session:  # the post, then the edges
        flight = await storage.feed.ledgers.find_in_flight(post, session=session)
        if flight is not None and flight.ledger is None:
            chunks = await storage.feed.edges.plan(flight.author, chunk_size=FAN_OUT_CHUNK, session=session)
            flight = await storage.feed.ledgers.write_ledger(post, chunks, session=session)
        if flight is None:
            return []
        if not flight.ledger:
            await storage.feed.ledgers.complete_empty(post, session=session)
            return []
        if len(flight.ledger) == 1 and flight.ledger[0].size <= AT_ONCE:
            return await _deliver(services, flight, flight.ledger, session)
        is_flood = await storage.feed.ledgers.has_backlog(flight.author, at_least=FLOOD)
        if is_flood and len(flight.ledger) <= messages.CHUNKS_PER_TASK:
            return await _deliver(services, flight, flight.ledger, session)
        return messages.deliver_chunks(post, flight.ledger, is_urgent=not is_flood)


@task("fan_out.deliver")
async def deliver_chunks(services: TaskServices, post: int, numbers: list[int]) -> list[Message]:
    """Write the entries of each chunk, then strike it off the ledger."""
    async with services.storage.mongo.causal() as session:
        flight = await services.storage.feed.ledgers.find_in_flight(post, session=session)
        if flight is None:
            return []
        chunks = [chunk for chunk in flight.ledger or () if chunk.number in numbers]
        return await _deliver(services, flight, chunks, session)


@task("fan_out.sweep", every_s=5)
async def sweep_fan_outs(services: TaskServices) -> list[Message]:
    """Send tasks again for posts that have been in flight for too long.

    While many messages are queued, the tasks are late rather than lost. So the sweep waits longer.
    """
    storage = services.storage
    older_than = OVERDUE_IN_BACKLOG_AFTER if await _is_backlog(services) else OVERDUE_AFTER
    sent: list[Message] = []
    for flight in await storage.feed.ledgers.claim_overdue(older_than=older_than, limit=SWEEP_LIMIT):
        if flight.ledger:
            sent += messages.deliver_chunks(flight.post, flight.ledger, is_urgent=False)
        else:
            sent.append(messages.start_fan_out(flight.post, is_urgent=False))
    return sent


async def _is_backlog(services: TaskServices) -> bool:
    """Return whether many messages are queued, or the broker does not answer: a sweep must not add to a flood."""
    try:
        return await services.count_waiting() >= BACKLOG
    except Exception as error:  # each broker has errors of its own
        log.warning("backlog.unknown", error=f"{type(error).__name__}: {error}", now="as if there were one")
        return True


async def _deliver(
    services: TaskServices, flight: PostInFlight, chunks: Sequence[Chunk], session: ClientSession
) -> list[Message]:
    storage = services.storage
    written: dict[int, int] = {}
    for chunk in chunks:
        followers = await storage.feed.edges.pushed_followers(flight.author, chunk, session=session)
        rows = ((follower, flight.post, flight.author) for follower in followers)
        await storage.feed.entries.insert_entries(rows, are_replies=flight.answers_another)
        if await storage.feed.ledgers.strike_chunk(flight.post, chunk, session=session):
            services.note_delivery((datetime.now(UTC) - instant_of(flight.post)).total_seconds())
        written |= dict.fromkeys(followers, 1)
    return trim_some(written, salt=flight.post)
