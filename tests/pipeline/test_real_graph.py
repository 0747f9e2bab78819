"""A real graph: accounts post through GraphQL, workers are killed, and every feed equals the oracle."""

import asyncio
import random
from pathlib import Path

from settings import Settings
from storage import Storage
from tests.pipeline.clients import Clients
from tests.pipeline.graph import GRAPH, all_users, seed_graph, some_at_a_time
from tests.pipeline.stack import stack
from tests.world import World

THRESHOLD = 500
POSTS = 200
READERS = 50
MOVES = 100  # follows and unfollows between posts


async def test_fifty_complete_feeds_equal_the_oracle_while_workers_die(
    settings: Settings, storage: Storage, tmp_path: Path, root: Path
) -> None:
    dice = random.Random(9)
    world = World(storage)
    with stack(settings.replace(celebrity_threshold=THRESHOLD), tmp_path, "web", "worker", "beat") as running:
        await seed_graph(running, root / GRAPH)
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
