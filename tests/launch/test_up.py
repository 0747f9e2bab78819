"""Tweeter's own Procfile under `tweeter up`: each killed part is restarted, and the product works again."""

import os
import signal
from collections.abc import Callable
from functools import partial

from storage import open_storage
from tests.answering import answers
from tests.launch.supervised import Supervised
from tests.pipeline.clients import Clients, complete
from tests.waiting import wait_for
from tests.world import World

SETTINGS = {"RATE_LIMITS": "off", "WEB_CONCURRENCY": "2", "MONGODB_URL": "", "REDIS_URL": ""}
# Words in the command line of each part.
PARTS = {
    "web": "tweeter web",
    "worker": "worker worker",
    "beat": "worker beat",
    "flower": "worker flower",
    "mongod": "mongod --quiet",
    "redis": "valkey-server",
}


async def test_every_killed_part_is_restarted_and_the_product_works_again(
    start: Callable[..., Supervised],
) -> None:
    supervised = start(SETTINGS)
    supervised.wait_for_output("Tweeter is ready")
    url = f"http://127.0.0.1:{supervised.port}"
    opened = open_storage(supervised.record().mongodb_url, database="tweeter", driver="pymongo", session_ttl_days=30)
    async with opened as storage, Clients(url) as clients:
        world = World(storage)
        author, follower = await world.make_user(), await world.make_user()
        await world.follow(follower, author, push_from=0)
        token, _ = await storage.sessions.create(author.id)
        reader, _ = await storage.sessions.create(follower.id)
        posts: list[int] = []
        for name, words in PARTS.items():
            killed = supervised.part(words)
            os.kill(killed, signal.SIGKILL)
            supervised.wait_for_output(f"{name} was killed by SIGKILL: started again")
            wait_for(partial(supervised.is_another, words, killed))
            wait_for(lambda: answers(f"{url}/readyz"))
            posts.append(await clients.create_post(token, f"after {name}"))
            await complete(clients, token, posts[-1], seconds=120)
            assert await clients.feed(reader) == posts[::-1]

        wait_for(lambda: answers(f"http://127.0.0.1:{supervised.flower_port}/healthcheck"))
        # It has no message. Only a sweep finds it, which beat sends through Redis to a worker.
        forgotten = await world.post(author, "forgotten")
        await complete(clients, token, forgotten.id, seconds=120)

    supervised.child.send_signal(signal.SIGTERM)
    assert supervised.child.wait(15) == 0
    assert supervised.output().count("started again") == len(PARTS)
