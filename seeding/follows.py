"""Creates many follow edges at once. Feeds stay exact even if others post and follow meanwhile.

New edges begin as FILLING, so that no post is missed. They are lowered when their older posts are written as entries.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from domain.records import User
from domain.watermarks import NEVER, fresh_token
from seeding.batches import BATCH, in_batches
from storage.maintenance.bulk import NewEdge
from tasks import messages
from tasks.cores import run_all
from tasks.materialise import materialise
from tasks.services import TaskServices

DEPTH = 100  # posts written for each edge; older ones are pulled

Pair = tuple[int, int]  # the ids of a follower and a followee


async def ensure_follows(services: TaskServices, users: Sequence[User], pairs: Sequence[Pair]) -> int:
    """Create the missing edges between the users. Return how many are new."""
    pulled = _celebrities(services, users, pairs)
    bulk, counts, token = services.maintenance.bulk, services.maintenance.counts, fresh_token()

    async def insert(batch: Sequence[Pair]) -> int:
        return await bulk.insert_edges([NewEdge(*pair, NEVER if pair[1] in pulled else token) for pair in batch])

    async def count(batch: Sequence[User]) -> int:
        await counts.add_drift(await counts.find_drift([user.id for user in batch]))
        return len(batch)

    added = await in_batches("follows", sorted(pairs), insert)  # sorted: a batch has few followers
    await _trim(services, await _fill(services, token))
    await in_batches("counts", users, count)
    await _review(services)
    return added


def _celebrities(services: TaskServices, users: Sequence[User], pairs: Sequence[Pair]) -> set[int]:
    """Return the accounts whose new edges begin as pulled. This saves work; the review at the end decides."""
    followers = Counter(followee for _, followee in pairs)
    return {
        user.id
        for user in users
        if services.policy.should_be_celebrity(
            followers=max(user.follower_count, followers[user.id]), is_celebrity=user.is_celebrity
        )
    }


async def _fill(services: TaskServices, token: int) -> Counter[int]:
    """Materialise every FILLING edge. One update handles all edges to authors without posts.

    The edges of this run hold the token already. Returns the number of entries written for each reader.
    """
    storage, filling, written = services.storage, services.maintenance.filling, Counter[int]()
    async with storage.mongo.causal() as session:  # the posts are read after the mark
        await filling.take_over(token, session=session)
        authors = await filling.authors(token, session=session)
        posted: list[int] = []
        for place in range(0, len(authors), BATCH):
            posted += await filling.with_posts(authors[place : place + BATCH], session=session)
        if authors:
            await filling.lower_to_start(token, but_of=posted, session=session)
    for edges in (await filling.by_author(token)).values():
        for place in range(0, len(edges), BATCH):
            written += await materialise(storage, edges[place : place + BATCH], seen=token, down_to=0, depth=DEPTH)
    return written


async def _trim(services: TaskServices, written: Counter[int]) -> None:
    readers = list(written)
    for place in range(0, len(readers), BATCH):
        await run_all(services, [messages.trim_feeds(readers[place : place + BATCH])])


async def _review(services: TaskServices) -> None:
    """Move the accounts that have crossed the celebrity threshold, and finish interrupted moves."""
    policy = services.policy
    misplaced = await services.storage.users.find_misplaced(
        promote_from=policy.celebrity_threshold,
        demote_below=policy.demote_below,
        stalled_since=datetime.now(UTC),
        limit=0,
    )
    await run_all(services, [messages.review_celebrity(user) for user in misplaced])
