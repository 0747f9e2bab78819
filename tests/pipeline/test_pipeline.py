"""Web, worker and beat as real processes."""

from pathlib import Path
from time import monotonic

from launch import Server, start_redis
from settings import Settings
from storage import Storage
from tests.pipeline.clients import Clients, complete
from tests.pipeline.stack import stack
from tests.pipeline.star import star_with_followers
from tests.world import World

FOLLOWERS = 6_000  # two chunks


async def test_a_worker_writes_every_followers_feed(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    token, fans = await star_with_followers(World(storage), FOLLOWERS)
    with stack(settings, tmp_path, "web", "worker") as running:
        async with Clients(running.url) as clients:
            post = await clients.create_post(token, "hello, everybody")
            delivery = await complete(clients, token, post)
    assert delivery["targets"] == delivery["delivered"] == FOLLOWERS
    for fan in (fans[0], fans[1_000], fans[-1]):
        assert await storage.feed.entries.newest(fan, floor=0, below=2**62, limit=10) == [post]


async def test_a_post_without_redis_is_acknowledged_visible_and_delivered_later(
    settings: Settings, storage: Storage, redis_server: Server, tmp_path: Path
) -> None:
    token, fans = await star_with_followers(World(storage), FOLLOWERS)
    fan_token, _ = await storage.sessions.create(fans[7])
    with stack(settings, tmp_path, "web", "worker", "beat") as running:
        async with Clients(running.url) as clients:
            await complete(clients, token, await clients.create_post(token, "before"))
            redis_server.kill()

            began = monotonic()
            post = await clients.create_post(token, "in the dark")
            assert monotonic() - began < 5, "the mutation does not wait for the broker"
            assert (await clients.feed(fan_token))[0] == post
            assert (await clients.delivery(token, post))["state"] == "IN_FLIGHT"

            again = start_redis(redis_server.directory, port=redis_server.port)
            try:
                delivery = await complete(clients, token, post)
            finally:
                again.stop()
    assert delivery["delivered"] == FOLLOWERS


async def test_sweeps_find_posts_without_messages(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    """The web process uses another Redis, so none of its messages arrives."""
    token, fans = await star_with_followers(World(storage), FOLLOWERS)
    nowhere = settings.replace(redis_url="redis://127.0.0.1:1/0")
    (tmp_path / "web").mkdir()
    with (
        stack(nowhere, tmp_path / "web", "web") as running,
        stack(settings, tmp_path, "worker", "beat"),
    ):
        async with Clients(running.url) as clients:
            post = await clients.create_post(token, "lost on the way")
            delivery = await complete(clients, token, post)
    assert delivery["delivered"] == len(fans)
