"""Live updates during failures: a process reads posts that it may have missed, and subscriptions continue."""

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
from tests.talk import FEED_UPDATES, Updates, talking
from tests.waiting import bounded, wait_until
from tests.world import World


async def ann_and_bob(storage: Storage) -> tuple[Someone, Someone]:
    """Make Ann, and Bob, who follows her."""
    world = World(storage)
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    return ann, bob


@contextmanager
def stacks(directory: Path, *settings: Settings) -> Iterator[list[Stack]]:
    """Start a web process for each of the settings."""
    with ExitStack() as stack_of_stacks:
        started = []
        for number, each in enumerate(settings):
            (directory / str(number)).mkdir()
            started.append(stack_of_stacks.enter_context(stack(each, directory / str(number), "web")))
        yield started


async def test_a_restart_of_redis_loses_no_post_and_interrupts_no_subscription(
    settings: Settings, storage: Storage, redis_server: Server, tmp_path: Path
) -> None:
    ann, bob = await ann_and_bob(storage)
    with stacks(tmp_path, settings, settings) as (one, two):
        async with (
            Clients(one.url) as clients,
            talking(one.url, bob.token) as here,
            talking(two.url, bob.token) as there,
        ):
            all_updates = [await here.begin(), await there.begin()]
            await clients.create_post(ann.token, "before")
            for updates in all_updates:
                assert await updates.texts(until="before") == ["before"]
            redis_server.kill()
            for number in range(10):
                await clients.create_post(ann.token, f"in the dark {number}")
            later = await there.begin()
            await clients.create_post(ann.token, "seen by all")
            again = start_redis(redis_server.directory, port=redis_server.port)
            try:
                for number in range(10):
                    await clients.create_post(ann.token, f"in the light {number}")
                everything = {f"in the {where} {number}" for where in ("dark", "light") for number in range(10)}
                for updates in all_updates:
                    assert await arrive(updates, 21) == everything | {"seen by all"}
                assert await arrive_with(later, "seen by all") <= everything | {"seen by all"}
            finally:
                again.stop()


async def test_a_killed_web_process_loses_no_post_and_interrupts_no_other_subscription(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    ann, bob = await ann_and_bob(storage)
    with stacks(tmp_path, settings, settings, settings) as (one, two, three):
        async with (
            Clients(one.url) as clients,
            Clients(two.url) as others,
            talking(two.url, bob.token) as here,
            talking(three.url, bob.token) as there,
        ):
            all_updates = [await here.begin(), await there.begin()]
            texts = {f"number {number}" for number in range(10)}
            await asyncio.gather(*(clients.create_post(ann.token, text) for text in texts))
            one.kill("web")
            await World(storage).post(ann.user, "stored, and told by nobody")
            await others.create_post(ann.token, "after")
            for updates in all_updates:
                assert await arrive(updates, 12) == texts | {"stored, and told by nobody", "after"}
        for each in (two, three):
            assert "announcements.silence" in each.log("web")


async def test_two_redis_servers_lose_no_post_and_are_logged(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    ann, bob = await ann_and_bob(storage)
    other = start_redis(tmp_path / "other")
    try:
        with stacks(tmp_path, settings, settings.replace(redis_url=other.url)) as (one, two):
            async with Clients(one.url) as clients, talking(two.url, bob.token) as talk:
                updates = await talk.begin()
                texts = {f"number {number}" for number in range(5)}
                for text in texts:
                    await clients.create_post(ann.token, text)
                assert await arrive(updates, 5) == texts

            async def is_said() -> bool:
                return all("REDIS_URL" in each.log("web") for each in (one, two))

            await wait_until(is_said)
    finally:
        other.stop()


async def arrive(updates: Updates, number: int) -> set[str]:
    """Return the texts of the next `number` updates.

    Raises:
        AssertionError: An update came twice.
        Ended: The subscription ended.
        TimeoutError: They did not arrive in time.
    """
    texts = [(await updates.next(within_s=90))["feedUpdates"]["text"] for _ in range(number)]
    assert len(set(texts)) == number, "each once"
    return set(texts)


async def arrive_with(updates: Updates, last: str) -> set[str]:
    texts = [(await updates.next(within_s=90))["feedUpdates"]["text"]]
    for _ in bounded():
        if last in texts:
            break
        texts.append((await updates.next(within_s=90))["feedUpdates"]["text"])
    assert len(set(texts)) == len(texts), "each once"
    return set(texts)


async def test_a_web_process_stops_with_subscriptions_open(
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
