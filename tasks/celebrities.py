"""Moves the edges of accounts that cross the celebrity threshold from push to pull, or back."""

from datetime import UTC, datetime, timedelta

from tasks import messages
from tasks.materialise import push_again
from tasks.messages import Message
from tasks.registry import task
from tasks.services import TaskServices
from tasks.trimming import trim_some

PROMOTE_BATCH = 5_000  # edges
DEMOTE_BATCH = 1_000  # edges
DEMOTE_DEPTH = 100  # posts written for each edge; older ones are pulled
STALLED_AFTER = timedelta(minutes=2)  # since the last batch of a move; its message was lost or its task died
SWEEP_LIMIT = 100  # accounts


@task("celebrity.review")
async def review_celebrity(services: TaskServices, user: int) -> list[Message]:
    """Decide whether the account is a celebrity, and move one batch of its edges. The next message continues."""
    users, policy = services.storage.users, services.policy
    found = await users.find_by_id(user)
    if found is None:
        return []
    wanted = policy.should_be_celebrity(followers=found.follower_count, is_celebrity=found.is_celebrity)
    if wanted != found.is_celebrity:
        await users.set_celebrity(user, wanted)
    move = await users.find_move(user)
    if move is None:
        return []
    if not wanted:
        return [messages.demote_celebrity(user, after=move.to)]
    has_more = await services.storage.feed.edges.stop_pushing_author(user, limit=PROMOTE_BATCH)
    # A concurrent or just finished demotion may already have passed the edges just raised.
    move = await users.begin_move_again(user)
    if has_more or not await users.finish_move(user, move, is_celebrity=True):
        return [messages.review_celebrity(user)]
    return []


@task("celebrity.demote")
async def demote_celebrity(services: TaskServices, user: int, after: int) -> list[Message]:
    """Make one batch of the account's edges pushed, in the order of their ids. The next message continues.

    It stops if another move has begun, since the messages of that move start from the first edge.
    """
    storage = services.storage
    move = await storage.users.find_move(user)
    if move is not None and move.to < after:
        return []
    found = await storage.users.find_by_id(user)
    if found is None or found.is_celebrity:  # promoted again meanwhile
        return []
    batch = await storage.feed.edges.pulled_of_author(user, after=after, limit=DEMOTE_BATCH)
    written = await push_again(storage, batch.pulled, down_to=0, depth=DEMOTE_DEPTH)
    trims = trim_some(written, salt=user)
    if batch.until is None:
        if move is not None:
            await storage.users.finish_move(user, move, is_celebrity=False)
        return trims
    if move is not None and not await storage.users.note_move(user, move, to=batch.until):
        return trims
    return [*trims, messages.demote_celebrity(user, after=batch.until)]


@task("celebrity.sweep", every_s=30)
async def sweep_celebrities(services: TaskServices) -> list[Message]:
    """Find accounts whose celebrity status is out of date, and moves that have stalled."""
    policy = services.policy
    misplaced = await services.storage.users.find_misplaced(
        promote_from=policy.celebrity_threshold,
        demote_below=policy.demote_below,
        stalled_since=datetime.now(UTC) - STALLED_AFTER,
        limit=SWEEP_LIMIT,
    )
    return [messages.review_celebrity(user) for user in misplaced]
