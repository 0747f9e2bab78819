"""Web processes behind a real nginx are restarted in turn under load, and no request fails."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from settings import Settings
from storage import Storage
from tests.client import sign_up
from tests.pipeline.nginx import nginx
from tests.pipeline.rolling import crowd
from tests.pipeline.stack import Stack, stack
from tests.world import World

ROUNDS = 2


@contextmanager
def two_stacks(settings: Settings, directory: Path) -> Iterator[list[Stack]]:
    """Start one web process, and a supervisor with two."""
    with ExitStack() as stacks:
        started = []
        for processes in (1, 2):
            (directory / str(processes)).mkdir()
            filled = settings.replace(web_concurrency=processes, trusted_proxies="127.0.0.1")
            started.append(stacks.enter_context(stack(filled, directory / str(processes), "web")))
        yield started


async def test_no_request_fails_while_web_processes_are_restarted_in_turn(
    settings: Settings, storage: Storage, tmp_path: Path
) -> None:
    world = World(storage)
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    with two_stacks(settings, tmp_path) as stacks, nginx(tmp_path, [each.settings.port for each in stacks]) as url:
        async with crowd(url, ann, bob, storage) as people:
            for _ in range(ROUNDS):
                for each in stacks:
                    await people.all_are_answered()
                    await asyncio.to_thread(each.end, "web", 60)
                    await people.all_are_answered()
                    each.start("web")
                    await asyncio.to_thread(each.wait_until_ready)
        for each in stacks:
            assert "Traceback" not in each.log("web")


def test_the_shipped_configuration_hides_the_metrics(settings: Settings, tmp_path: Path) -> None:
    with two_stacks(settings, tmp_path) as stacks, nginx(tmp_path, [each.settings.port for each in stacks]) as url:
        assert httpx.get(f"{url}/metrics").status_code == 404
        assert httpx.get(f"{url}/readyz").json() == {"ready": True}
        assert httpx.get(f"{stacks[0].url}/metrics").status_code == 200
