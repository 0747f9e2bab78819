"""A process that serves live updates, Ann, and Bob who follows her. A module may override `pace` and `listeners`."""

from collections.abc import AsyncIterator, Sequence

import pytest
from pymongo.monitoring import CommandListener

from live.hub import Pace
from tests.client import Someone, sign_up
from tests.conftest import empty
from tests.live.process import QUICK, Process, process
from tests.world import World


@pytest.fixture
def pace() -> Pace:
    return QUICK


@pytest.fixture
def listeners() -> Sequence[CommandListener]:
    return ()


@pytest.fixture
async def one(
    mongodb_url: str, redis_url: str, pace: Pace, listeners: Sequence[CommandListener]
) -> AsyncIterator[Process]:
    async with process(mongodb_url, redis_url, pace=pace, listeners=listeners) as running:
        await empty(running.storage)
        yield running


@pytest.fixture
async def ann(one: Process) -> Someone:
    return await sign_up(World(one.storage), "ann")


@pytest.fixture
async def bob(one: Process, ann: Someone) -> Someone:
    """A viewer who follows Ann."""
    bob = await sign_up(World(one.storage), "bob")
    await World(one.storage).follow(bob.user, ann.user)
    return bob


@pytest.fixture
def people(ann: Someone, bob: Someone) -> tuple[Someone, Someone]:
    """Return Ann, and Bob who follows her."""
    return ann, bob
