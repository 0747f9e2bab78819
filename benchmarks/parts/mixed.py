"""Mixed load on a real graph at increasing rates. Finds the highest rate at which reads and posts are fast."""

import asyncio
import json
import random
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path

from benchmarks.figures import Figure, percentile
from benchmarks.history import write_stories
from benchmarks.load import Outcome, Plan
from benchmarks.sizes import Mixed, Size
from benchmarks.stack import Stack, running, settings_for
from benchmarks.worlds import quiet_services
from composition.storage import storage_of
from domain.watermarks import NEVER
from launch.embedded import Say
from seeding.batches import in_batches
from seeding.graph import seed_graph
from seeding.graph_file import read_graph
from settings import Settings
from storage import Storage

ROOT = Path(__file__).parents[2]
GRAPH = ROOT / "benchmarks/graphs/twitter-follows-9k.tsv.gz"
CELEBRITY_THRESHOLD = 500
STORY_POSTS = 20  # a page
P99_S = 0.2
WARM_UP_S = 3.0
TRIES = 2  # of a failed rate, since other load may have disturbed it
DELIVERED_WITHIN_S = 60
PLOT = "time of an answer by requests per second of a mixed load"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The outcome of one rate."""

    rate: float
    outcome: Outcome
    in_flight: int  # posts in flight after the last answer

    @property
    def all_taken(self) -> list[float]:
        return [sample for samples in self.outcome.taken.values() for sample in samples]

    @property
    def p99(self) -> float:
        return percentile(self.all_taken, 99)

    @property
    def is_held(self) -> bool:
        return not self.outcome.is_hopeless and self.p99 <= P99_S

    def figures(self) -> list[Figure]:
        at = f"at {self.rate:,.0f} per second"
        return [
            Figure(name=f"{at}, all", samples=self.all_taken, plot=PLOT, series="p50", x=self.rate),
            Figure(name=f"{at}, p99", samples=[self.p99], plot=PLOT, series="p99", x=self.rate),
            *(Figure(name=f"{at}, {name}", samples=samples) for name, samples in self.outcome.taken.items() if samples),
        ]


async def measure(stack: Stack, size: Size, *, say: Say) -> AsyncIterator[Figure]:
    settings = settings_for(stack, "mixed", redis_database=0, celebrity_threshold=CELEBRITY_THRESHOLD)
    say("seeding the graph of 9,226 accounts, and what they have posted")
    plan = await _seed(settings, size.mixed)
    with running(stack, settings):
        async with storage_of(settings) as storage:
            say("warming up")
            await _step(stack, storage, replace(plan, rate=size.mixed.first, seconds=WARM_UP_S))
            held: Step | None = None
            async for step in _climb(stack, storage, plan, size.mixed, say):
                for figure in step.figures():
                    yield figure
                if step.is_held and (held is None or step.rate > held.rate):
                    held = step
    yield Figure(name="held, p99 ≤ 200 ms", samples=[held.rate if held else 0.0], unit="per second")
    if held:
        yield Figure(name="… how late its requests were sent", samples=held.outcome.late)
        yield Figure(name="… posts in flight at its end", samples=[held.in_flight], unit="count")


async def _climb(stack: Stack, storage: Storage, plan: Plan, size: Mixed, say: Say) -> AsyncIterator[Step]:
    """Raise the rate until one is not held, then bisect to the highest that is."""
    held, broken, refinements, seeds = 0.0, 0.0, 0, count(1)
    while not broken or refinements < size.refinements:
        if not broken:
            rate = held * size.step or size.first
        else:
            rate, refinements = (held + broken) / 2, refinements + 1
        for _ in range(TRIES):
            step = await _step(stack, storage, replace(plan, rate=rate, seed=next(seeds)))
            late_s, gave_up = percentile(step.outcome.late, 99), ", given up" if step.outcome.is_hopeless else ""
            say(f"{rate:,.0f} per second: p99 {step.p99 * 1000:,.0f} ms, sent {late_s * 1000:.1f} ms late{gave_up}")
            if step.is_held:
                break
        held, broken = (rate, broken) if step.is_held else (held, rate)
        yield step


async def _step(stack: Stack, storage: Storage, plan: Plan) -> Step:
    """Run one rate in a separate process, then wait until all posts are delivered.

    Raises:
        RuntimeError: The load process failed.
    """
    command = (sys.executable, "-m", "benchmarks.load")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=ROOT)
    stack.guard(process.pid)
    try:
        answer, _ = await process.communicate(json.dumps(asdict(plan)).encode())
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        raise RuntimeError("the load has failed: see above")
    in_flight = await storage.feed.ledgers.count_in_flight(limit=10_000)
    async with asyncio.timeout(DELIVERED_WITHIN_S):
        while await storage.feed.ledgers.count_in_flight(limit=1):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return Step(rate=plan.rate, outcome=Outcome(**json.loads(answer)), in_flight=in_flight)


async def _seed(settings: Settings, size: Mixed) -> Plan:
    """Return a random sample of accounts, which is always the same."""
    dice = random.Random(0)
    async with quiet_services(settings) as services:
        storage = services.storage
        await seed_graph(services, read_graph(GRAPH))
        users, follows = storage.mongo.collection("users"), storage.mongo.collection("follows")
        followed = {user["_id"]: user["alias"] async for user in users.find({"follower_count": {"$gt": 0}}).sort("_id")}
        authors = dice.sample(list(followed), min(size.authors, len(followed)))
        stories = await write_stories(storage, authors, posts=STORY_POSTS)
        entries = storage.feed.entries
        edges = [edge async for edge in follows.find({"followee": {"$in": authors}}).sort("_id").batch_size(10_000)]

        async def insert(batch: Sequence[tuple[int, int]]) -> int:
            await entries.insert_entries((reader, post, author) for reader, author in batch for post in stories[author])
            return len(batch)

        pushed = [(edge["follower"], edge["followee"]) for edge in edges if edge["push_from"] < NEVER]
        await in_batches("entries", pushed, insert)
        followers = sorted({edge["follower"] for edge in edges})
        readers = dice.sample(followers, min(size.readers, len(followers)))
        sessions = await asyncio.gather(*(storage.sessions.create(reader) for reader in readers))
    return Plan(
        port=settings.port,
        rate=size.first,
        seconds=size.seconds,
        seed=0,
        tokens=[token for token, _ in sessions],
        authors=[followed[author] for author in authors],
    )
