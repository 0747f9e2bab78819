"""Counts as reads show them, and as base data have them."""

from collections.abc import Sequence, Set

from domain.records import Post, PostCounts
from domain.surroundings import Wanted
from storage import Storage
from tasks import messages
from tests.world import World


async def nobody(_: Sequence[int]) -> Set[int]:
    """Hide no account."""
    return set()


async def counts_of(storage: Storage, post: Post) -> PostCounts:
    return (await storage.surroundings.read(None, Wanted(counted=frozenset({post.id})))).counts[post.id]


async def count_likes(storage: Storage, post: Post) -> int:
    return (await counts_of(storage, post)).likes


async def deliver_all(world: World) -> None:
    """Let every fan-out be complete."""
    await world.storage.mongo.collection("posts").update_many({}, {"$unset": {"in_flight": ""}})


async def fold_all(world: World) -> None:
    """Let every fan-out be complete, and fold everything."""
    await deliver_all(world)
    await world.run_all([messages.fold_acts()])
