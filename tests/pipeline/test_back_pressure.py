"""An account that posts far faster than posts can be delivered does not delay others."""

import asyncio
from pathlib import Path

from settings import Settings
from storage import Storage
from tests.pipeline.clients import Clients
from tests.pipeline.stack import stack
from tests.world import World

FLOOD_POSTS = 400
FLOOD_FOLLOWERS = 5_000


async def test_a_flood_of_posts_does_not_delay_others(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    world = World(storage)
    flooder, other, reader = await world.make_users(3)
    fans = [flooder.id + 1_000 + place for place in range(FLOOD_FOLLOWERS)]
    edges = [{"_id": fan, "follower": fan, "followee": flooder.id, "push_from": 0} for fan in fans]
    await storage.mongo.collection("follows").insert_many(edges)
    for author in (flooder, other):
        await world.follow(reader, author, push_from=0)
    tokens = [(await storage.sessions.create(user.id))[0] for user in (flooder, other, reader)]

    with stack(settings, tmp_path, "web", "worker") as running:
        async with Clients(running.url) as clients:
            for some in range(0, FLOOD_POSTS, 20):
                await asyncio.gather(
                    *(clients.create_post(tokens[0], f"flood {some + number}") for number in range(20))
                )
            post = await clients.create_post(tokens[1], "a single drop")
            assert (await clients.feed(tokens[2], page_size=100))[0] == post

            async with asyncio.timeout(60):
                while (await clients.delivery(tokens[1], post))["state"] != "COMPLETE":
                    await asyncio.sleep(0.02)
            assert await storage.feed.ledgers.has_backlog(flooder.id, at_least=FLOOD_POSTS // 4), (
                "the flood has yet to drain"
            )
            assert await clients.feed(tokens[2], page_size=100) == await world.oracle(reader)
