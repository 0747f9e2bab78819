"""Live updates when something breaks: a subscription that may have missed something ends, and a feed that is read after
the next one has begun has it all.
"""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from launch import Server, start_redis
from settings import Settings
from storage import Storage
from tests.client import Someone, sign_up
from tests.pipeline.clients import Clients
from tests.pipeline.stack import Stack, stack
from tests.talk import FEED_UPDATES, Ended, Talk, talking
from tests.waiting import wait_until
from tests.world import World

FEED = "{ feed(first: 100) { edges { node { text } } } }"


async def ann_and_bob(storage: Storage) -> tuple[Someone, Someone]:
    """Bob follows Ann."""
    world = World(storage)
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    return ann, bob


@contextmanager
def two_stacks(settings: Settings, directory: Path) -> Iterator[list[Stack]]:
    with ExitStack() as stacks:
        started = []
        for name in ("one", "two"):
            (directory / name).mkdir()
            started.append(stacks.enter_context(stack(settings, directory / name, "web")))
        yield started


async def keep_up(talk: Talk, seen: set[str]) -> None:
    """As a client does, for good: subscribe, read the feed, and both again where it is interrupted."""
    while True:
        updates = await talk.subscribe()
        page = await talk.ask(FEED)
        seen |= {edge["node"]["text"] for edge in page["feed"]["edges"]}
        try:
            while True:
                seen.add((await updates.next())["feedUpdates"]["text"])
        except Ended as end:
            if end.codes != ["INTERRUPTED"]:
                raise
        await asyncio.sleep(0.1)


async def test_when_redis_dies_subscriptions_end_and_nothing_is_missed(
    settings: Settings, storage: Storage, redis_server: Server, tmp_path: Path
) -> None:
    ann, bob = await ann_and_bob(storage)
    with stack(settings, tmp_path, "web") as running:
        async with (
            Clients(running.url) as clients,
            talking(running.url, bob.token) as talk,
            talking(running.url, bob.token) as patient,
        ):
            updates, seen = await talk.begin(), set[str]()
            keeping_up = asyncio.create_task(keep_up(patient, seen))
            await clients.create_post(ann.token, "before")
            assert await updates.texts(until="before") == ["before"]

            redis_server.kill()
            assert (await updates.end()).codes == ["INTERRUPTED"]
            assert (await (await talk.subscribe()).end()).codes == ["INTERRUPTED"]
            await clients.create_post(ann.token, "in the dark")

            again = start_redis(redis_server.directory, port=redis_server.port)
            try:
                for number in range(20):
                    await clients.create_post(ann.token, f"number {number}")
                    await asyncio.sleep(0.1)

                async def has_all() -> bool:
                    await clients.create_post(ann.token, "the end")
                    return keeping_up.done() or "the end" in seen

                await wait_until(has_all, 30)
            finally:
                again.stop()
            assert not keeping_up.done()
            keeping_up.cancel()
    assert seen == {"before", "in the dark", *(f"number {number}" for number in range(20)), "the end"}


async def test_when_a_web_process_is_killed_the_others_subscriptions_end(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    ann, bob = await ann_and_bob(storage)
    with two_stacks(settings, tmp_path) as (one, two):
        async with Clients(one.url) as clients, talking(two.url, bob.token) as talk:
            updates = await talk.begin()
            await clients.create_post(ann.token, "the last")
            assert await updates.texts(until="the last") == ["the last"]
            one.kill("web")
            assert (await updates.end()).codes == ["INTERRUPTED"]


async def test_a_web_process_that_is_told_to_stop_does_so_whoever_is_connected(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    _, bob = await ann_and_bob(storage)
    headers = {"Authorization": f"Bearer {bob.token}", "Accept": "text/event-stream"}
    with stack(settings, tmp_path, "web") as running:
        async with httpx.AsyncClient(base_url=running.url, timeout=30) as http, talking(running.url, bob.token) as talk:
            updates = await talk.begin()
            async with http.stream("POST", "/graphql", json={"query": FEED_UPDATES}, headers=headers):
                web = running.running["web"]
                web.send_signal(signal.SIGTERM)
                assert (await updates.end()).codes == [1012]
                assert await asyncio.to_thread(web.wait, 30) in (0, -signal.SIGTERM)
        assert "Traceback" not in running.log("web")
        assert "timeout graceful shutdown exceeded" not in running.log("web")
