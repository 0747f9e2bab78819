"""A real graph of follows on a running stack, and many actions of its accounts at once."""

import asyncio
import sys
from collections.abc import Awaitable, Iterable
from pathlib import Path

from domain.records import User
from storage import Storage
from tests.pipeline.stack import Stack

GRAPH = Path("benchmarks/graphs/twitter-follows-9k.tsv.gz")


async def seed_graph(running: Stack, graph: Path) -> None:
    tweeter = Path(sys.executable).with_name("tweeter")
    seeding = await asyncio.create_subprocess_exec(tweeter, "seed", "graph", graph, env=running.environment)
    assert await seeding.wait() == 0


async def all_users(storage: Storage) -> list[User]:
    ids = [user["_id"] async for user in storage.mongo.collection("users").find({}, {"_id": 1}).sort("_id", 1)]
    return await storage.users.find_by_ids(ids)


async def some_at_a_time(jobs: Iterable[Awaitable[object]], *, at_once: int = 8) -> None:
    gate = asyncio.Semaphore(at_once)

    async def pass_gate(job: Awaitable[object]) -> None:
        async with gate:
            await job

    await asyncio.gather(*(pass_gate(job) for job in jobs))
