"""Flower as a real process: names of tasks, queues, access, and its state after a restart."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from settings import Settings
from storage import Storage
from tasks.broker import ARGUMENTS_SHOWN
from tasks.messages import QUEUES
from tests.pipeline.clients import Clients, complete
from tests.pipeline.flower import PASSWORD, USER, Flower, open_flower
from tests.pipeline.star import star_with_followers
from tests.waiting import wait_until
from tests.world import World

FOLLOWERS = 3_000  # one chunk, too large for the task that plans it
API = ("/api/tasks", "/api/workers", "/api/queues/length")


@pytest.fixture
async def flower(settings: Settings, tmp_path: Path) -> AsyncIterator[Flower]:
    async with open_flower(settings.replace(flower_basic_auth=f"bob:secret,{USER}:{PASSWORD}"), tmp_path) as flower:
        yield flower


async def test_a_fan_out_is_listed_by_task_names_even_after_a_restart(flower: Flower, storage: Storage) -> None:
    token, _ = await star_with_followers(World(storage), FOLLOWERS)
    running = flower.running
    for name in ("web", "worker"):
        running.start(name)
    running.wait_until_ready()

    async with Clients(running.url) as clients:

        async def is_listed() -> bool:
            # Flower gets events only while it listens. Each post is awaited: a flood needs no second task.
            await complete(clients, token, await clients.create_post(token, "hello, Flower"))
            done = {task["name"] for task in (await flower.tasks()).values() if task["state"] == "SUCCESS"}
            return {"fan_out.start", "fan_out.deliver"} <= done

        await wait_until(is_listed, seconds=60)

    for name in ("worker", "web"):
        running.end(name)
    before = await flower.tasks()
    assert max(len(task["args"]) for task in before.values()) <= ARGUMENTS_SHOWN + len("..., ...],)")
    assert any(task["args"].endswith("[0])") for task in before.values()), "a post, and its chunk"

    running.end("flower")
    running.start("flower")
    await flower.until_ready()
    after = await flower.tasks()
    assert [after[task]["name"] for task in before] == [before[task]["name"] for task in before]


async def test_the_queues_are_shown_without_a_worker(flower: Flower) -> None:
    lengths = (await flower.get("/api/queues/length")).json()["active_queues"]
    assert {queue["name"]: queue["messages"] for queue in lengths} == dict.fromkeys(QUEUES, 0)
    shown = (await flower.get("/broker")).text
    assert all(f"<td>{queue}</td>" in shown for queue in QUEUES)


async def test_flower_shows_nothing_without_the_password(flower: Flower) -> None:
    for path in ("/", "/tasks", "/broker", *API):
        for user, password in (("", ""), (USER, "wrong"), ("bob", PASSWORD)):
            assert (await flower.get(path, user=user, password=password)).status_code == 401, path
        for user, password in ((USER, PASSWORD), ("bob", "secret")):
            assert (await flower.get(path, user=user, password=password)).status_code == 200, path


async def test_the_password_is_in_no_command_line_and_in_no_log(flower: Flower) -> None:
    await flower.get("/", password="wrong")
    command = flower.running.command_line("flower")
    assert "--persistent=True" in command
    assert PASSWORD not in command
    flower.running.end("flower")
    assert PASSWORD not in flower.running.log("flower")


async def test_without_a_password_the_pages_are_open_and_the_api_is_closed(settings: Settings, tmp_path: Path) -> None:
    async with open_flower(settings.replace(flower_basic_auth=""), tmp_path) as flower:
        assert (await flower.get("/tasks", user="")).status_code == 200
        for path in API:
            assert (await flower.get(path, user="")).status_code == 401
