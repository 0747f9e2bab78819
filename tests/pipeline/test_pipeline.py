"""Web, worker, beat and Flower as real processes."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic

import httpx

from launch import Server, start_redis
from settings import Settings
from storage import Storage
from tests.pipeline.clients import Clients
from tests.pipeline.stack import stack
from tests.world import World

FOLLOWERS = 2_300  # three chunks
# As Flower's own page asks for its table.
FIRST_TASKS = {
    "draw": "1",
    "start": "0",
    "length": "100",
    "search[value]": "",
    "order[0][column]": "0",
    "order[0][dir]": "asc",
    "columns[0][data]": "name",
}


async def complete(clients: Clients, token: str, post: int, *, seconds: float = 60) -> dict[str, object]:
    """The post's delivery once it is complete. Errors: TimeoutError."""
    async with asyncio.timeout(seconds):
        while (delivery := await clients.delivery(token, post))["state"] != "COMPLETE":
            await asyncio.sleep(0.05)
    return delivery


async def star_with_followers(world: World, number: int) -> tuple[str, list[int]]:
    """The star's token and the followers, on pushed edges."""
    star = await world.make_user("star")
    fans = [star.id + 1 + place for place in range(number)]
    edges = [{"_id": fan, "follower": fan, "followee": star.id, "push_from": 0} for fan in fans]
    await world.storage.mongo.collection("follows").insert_many(edges)
    token, _ = await world.storage.sessions.create(star.id)
    return token, fans


async def test_a_worker_writes_every_followers_feed(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    token, fans = await star_with_followers(World(storage), FOLLOWERS)
    with stack(settings, tmp_path, "web", "worker") as running:
        async with Clients(running.url) as clients:
            post = await clients.create_post(token, "hello, everybody")
            delivery = await complete(clients, token, post)
    assert delivery["targets"] == delivery["delivered"] == FOLLOWERS
    for fan in (fans[0], fans[1_000], fans[-1]):
        assert await storage.entries.newest(fan, floor=0, below=2**62, limit=10) == [post]


async def test_while_redis_is_away_a_post_is_acknowledged_and_seen_and_later_delivered(
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


async def test_flower_shows_the_tasks_under_their_names(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    token, _ = await star_with_followers(World(storage), FOLLOWERS)
    with stack(settings, tmp_path, "web", "flower", "worker") as running:
        flower = f"http://127.0.0.1:{running.settings.flower_port}"
        async with Clients(running.url) as clients, httpx.AsyncClient() as browser, asyncio.timeout(60):
            names: set[str] = set()
            while not {"fan_out.start", "fan_out.deliver"} <= names:
                await clients.create_post(token, "hello, Flower")
                await asyncio.sleep(0.2)
                with suppress(httpx.TransportError):
                    table = await browser.get(f"{flower}/tasks/datatable", params=FIRST_TASKS)
                    names = {row["name"] for row in table.json()["data"]}


async def test_beat_finds_what_no_message_told_of(settings: Settings, storage: Storage, tmp_path: Path) -> None:
    """The web process's Redis is another one, so none of its messages arrives."""
    token, fans = await star_with_followers(World(storage), FOLLOWERS)
    nowhere = replace(settings, redis_url="redis://127.0.0.1:1/0")
    (tmp_path / "web").mkdir()
    with (
        stack(nowhere, tmp_path / "web", "web") as running,
        stack(settings, tmp_path, "worker", "beat"),
    ):
        async with Clients(running.url) as clients:
            post = await clients.create_post(token, "lost on the way")
            delivery = await complete(clients, token, post)
    assert delivery["delivered"] == len(fans)
