"""A real graph: accounts post through GraphQL, workers are killed, and every feed equals the oracle."""

import asyncio
import random
import sys
from collections.abc import Awaitable, Iterable
from pathlib import Path

from domain.records import User
from settings import Settings
from storage import Storage
from tests.pipeline.clients import Clients
from tests.pipeline.stack import Stack, stack
from tests.world import World

GRAPH = Path("benchmarks/graphs/twitter-follows-9k.tsv.gz")
THRESHOLD = 500
POSTS = 200
READERS = 50
MOVES = 100  # follows and unfollows between posts


async def seed(running: Stack, graph: Path) -> None:
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


async def test_fifty_complete_feeds_equal_the_oracle_while_workers_die(
    settings: Settings, storage: Storage, tmp_path: Path, root: Path
) -> None:
    dice = random.Random(9)
    world = World(storage)
    with stack(settings.replace(celebrity_threshold=THRESHOLD), tmp_path, "web", "worker", "beat") as running:
        await seed(running, root / GRAPH)
        users = await all_users(storage)
        assert sum(user.followee_count for user in users) == sum(user.follower_count for user in users) == 59_576
        celebrities = [user for user in users if user.is_celebrity]
        ordinary = [user for user in users if 0 < user.follower_count < THRESHOLD]
        assert {user.id for user in celebrities} == {user.id for user in users if user.follower_count >= THRESHOLD}
        authors = dice.sample(celebrities, min(20, len(celebrities))) + dice.sample(ordinary, 60)
        readers = dice.sample([user for user in users if user.followee_count >= 5], READERS)
        tokens = {user.id: (await storage.sessions.create(user.id))[0] for user in {*authors, *readers}}

        async with Clients(running.url) as clients:

            async def post(number: int) -> None:
                if number in (POSTS // 4, POSTS // 2):
                    running.kill("worker")
                    running.start("worker")
                if number == POSTS * 3 // 4:
                    running.kill("worker")  # not restarted until the feeds have been read
                author = dice.choice(authors)
                await clients.create_post(tokens[author.id], f"post {number} by @{author.alias}")

            async def move(_: int) -> None:
                reader, author = dice.choice(readers), dice.choice(authors)
                if reader.id != author.id:
                    change = clients.follow if dice.random() < 0.6 else clients.unfollow
                    await change(tokens[reader.id], author.id)

            jobs = [post(number) for number in range(POSTS)] + [move(number) for number in range(MOVES)]
            order = sorted(range(len(jobs)), key=lambda place: (place % POSTS) + dice.random() * 20)
            await some_at_a_time(jobs[place] for place in order)

            assert await storage.feed.ledgers.count_in_flight(limit=1) == 1, (
                "there is a backlog while the feeds are read"
            )
            read = 0
            for reader in readers:
                feed = await clients.feed(tokens[reader.id], page_size=dice.choice((7, 20, 100)))
                assert feed == await world.oracle(reader), f"@{reader.alias}, with a backlog"
                read += len(feed)
            assert read > 5 * READERS, "the feeds are not empty"

            running.start("worker")
            async with asyncio.timeout(60):
                while await storage.feed.ledgers.count_in_flight(limit=1):
                    await asyncio.sleep(0.1)
            for reader in readers:
                assert await clients.feed(tokens[reader.id]) == await world.oracle(reader), f"@{reader.alias}, drained"
