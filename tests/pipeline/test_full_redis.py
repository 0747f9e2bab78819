"""Workers can drain a Redis without memory, and web processes do not fill it."""

from pathlib import Path

from redis import Redis

from launch import Server
from settings import Settings
from storage import Storage
from tasks.broker import Broker, make_celery
from tasks.messages import FAN_OUT_SMALL, MAINTENANCE, start_fan_out
from tasks.publisher import BACKLOG_LIMIT
from tests.pipeline.clients import Clients, complete
from tests.pipeline.stack import stack
from tests.pipeline.star import insert_posts_of_star, star_with_followers
from tests.waiting import wait_for, wait_until
from tests.world import World

POSTS = 20


async def test_workers_drain_a_full_redis(
    settings: Settings, storage: Storage, redis_server: Server, tmp_path: Path
) -> None:
    """This includes workers that start while it is full. There is no beat, so that no sweep helps."""
    _, fans = await star_with_followers(World(storage), 10)
    posts = await insert_posts_of_star(storage, POSTS)
    broker = Broker(make_celery(redis_server.url))
    broker.publish([start_fan_out(post.id) for post in posts])
    broker.close()
    with Redis.from_url(redis_server.url) as admin:
        assert admin.llen(FAN_OUT_SMALL) == POSTS
        admin.config_set("maxmemory", "1")

        async def is_delivered() -> bool:
            assert running.running["worker"].poll() is None, running.log("worker")
            return await storage.feed.ledgers.count_in_flight(limit=POSTS) == 0

        with stack(settings, tmp_path, "worker") as running:
            await wait_until(is_delivered)
            assert admin.llen(FAN_OUT_SMALL) == 0
            admin.config_set("maxmemory", "0")
            assert running.running["worker"].poll() is None
    newest = await storage.feed.entries.newest(fans[0], floor=0, below=2**62, limit=100)
    assert newest == sorted((post.id for post in posts), reverse=True)


async def test_a_web_process_sends_nothing_to_a_long_backlog(
    settings: Settings, storage: Storage, redis_server: Server, tmp_path: Path
) -> None:
    token, _ = await star_with_followers(World(storage), 10)
    with Redis.from_url(redis_server.url) as admin:
        admin.rpush(MAINTENANCE, *["x"] * BACKLOG_LIMIT)
        with stack(settings, tmp_path, "web") as running:
            async with Clients(running.url) as clients:
                post = await clients.create_post(token, "too many before it")
                wait_for(lambda: "messages.dropped" in running.log("web"))
                assert admin.llen(FAN_OUT_SMALL) == 0
                assert (await clients.delivery(token, post))["state"] == "IN_FLIGHT"
                admin.delete(MAINTENANCE)
                running.start("worker")
                running.start("beat")
                assert (await complete(clients, token, post))["delivered"] == 10
