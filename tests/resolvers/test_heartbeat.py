"""Processes that are alive and do not hear each other are noticed, and miss nothing."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from launch import Server, start_redis
from tests.client import Someone, sign_up
from tests.conftest import empty
from tests.resolvers.process import QUICK, Process, process
from tests.waiting import wait_until
from tests.world import World

SOON = replace(QUICK, silence_s=5)


@pytest.fixture
async def one(mongodb_url: str, redis_url: str) -> AsyncIterator[Process]:
    async with process(mongodb_url, redis_url, pace=SOON) as running:
        await empty(running.storage)
        yield running


@pytest.fixture
async def people(one: Process) -> tuple[Someone, Someone]:
    """Ann, and Bob who follows her."""
    world = World(one.storage)
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)
    return ann, bob


@pytest.fixture
def other_redis(tmp_path: Path) -> Server:
    return start_redis(tmp_path / "other")


async def test_two_redis_servers_are_said_and_no_post_is_missed(
    mongodb_url: str, one: Process, other_redis: Server, people: tuple[Someone, Someone]
) -> None:
    ann, bob = people
    try:
        with capture_logs() as logs:
            async with process(mongodb_url, other_redis.url, pace=SOON) as elsewhere:
                here, there = await one.begin(bob), await elsewhere.begin(bob)
                posted = set()
                for _ in range(20):
                    posted |= {(await one.post(ann)).id, (await elsewhere.post(ann)).id}
                for updates in (here, there):
                    assert set(await updates.reach(40)) == posted
                    assert len(updates.posts) == 40
                assert not here.task.done()

                async def are_said() -> bool:
                    return len([line for line in logs if line["event"] == "live.process_not_heard"]) == 2

                await wait_until(are_said)
    finally:
        other_redis.stop()
    said = next(line for line in logs if line["event"] == "live.process_not_heard")
    assert "REDIS_URL" in said["remedy"]
    assert said["redis"] != said["its_redis"]


async def beats(one: Process) -> list[int]:
    """Of each process that is present, how many."""
    rows = one.storage.mongo.collection("presence").find({})
    return sorted([row["beats"] async for row in rows])


async def test_processes_that_come_and_go_on_one_redis_are_no_false_alarm(
    mongodb_url: str, redis_url: str, one: Process
) -> None:
    async def have_beaten() -> bool:
        found = await beats(one)
        return len(found) == 2 and found[0] > 5

    async def is_alone() -> bool:
        return len(await beats(one)) == 1

    with capture_logs() as logs:
        for _ in range(3):
            async with process(mongodb_url, redis_url, pace=SOON):
                await wait_until(have_beaten)
            await wait_until(is_alone)
    assert {line["event"] for line in logs} & {"live.process_not_heard", "announcements.silence"} == set()
