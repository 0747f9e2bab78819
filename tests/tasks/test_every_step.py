"""Feeds are exact at every step of every task, also if others write there or the task dies there.

The model proves the rules. These tests prove that the tasks follow the model. A chain of messages counts as one task.
"""

import os

import pytest

from tests.conftest import empty
from tests.stepping import commands_are_steps
from tests.tasks.chains import MOST_STEPS, Chain, all_is_settled, feeds_are_exact
from tests.tasks.scenes import SCENES, small_bounds
from tests.tasks.writers import WRITERS
from tests.waiting import bounded
from tests.world import World

# Each writer writes at every nth step, so that together they write at all. In .ci/run, each writes at every step.
STRIDE = 1 if "EVERY_STEP" in os.environ else 6
# Moves of the same edges in opposite directions. The overtaken one must not win.
OPPOSED = {
    ("wake", "task: sleep"),
    ("wake", "task: promote"),
    ("demote", "task: sleep"),
    ("demote", "task: promote"),
    ("promote", "task: demote"),
    ("sleep", "task: wake"),
}


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    small_bounds(monkeypatch)
    commands_are_steps(monkeypatch)


@pytest.mark.parametrize("scene", SCENES)
async def test_feeds_are_exact_after_every_step(world: World, scene: str) -> None:
    chain = Chain(world, await SCENES[scene].set(world))
    await feeds_are_exact(world)
    while await chain.advance():
        await feeds_are_exact(world)
    await all_is_settled(world)


@pytest.mark.parametrize("scene", SCENES)
async def test_feeds_are_exact_if_the_task_dies_at_any_step(world: World, scene: str) -> None:
    for steps in range(MOST_STEPS):
        await empty(world.storage)
        chain = Chain(world, await SCENES[scene].set(world))
        going_on = all([await chain.advance() for _ in range(steps)])
        await chain.kill()
        await feeds_are_exact(world)
        await all_is_settled(world)
        if not going_on:
            return
    pytest.fail("the task goes on for ever")


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("scene", SCENES)
async def test_feeds_are_exact_with_another_writer_between_two_steps(world: World, scene: str, writer: str) -> None:
    stride = 1 if (scene, writer) in OPPOSED else STRIDE
    for steps in range([*WRITERS].index(writer) % stride, MOST_STEPS, stride):
        await empty(world.storage)
        message = await SCENES[scene].set(world)
        chain = Chain(world, message)
        going_on = all([await chain.advance() for _ in range(steps)])

        await WRITERS[writer](world, chain, message)

        await feeds_are_exact(world)
        await chain.finish()
        await feeds_are_exact(world)
        await all_is_settled(world)
        if not going_on:
            return
    pytest.fail("the task goes on for ever")


@pytest.mark.parametrize("turns", [(1, 1), (1, 3), (3, 1), (1, 9)], ids=str)
@pytest.mark.parametrize(("scene", "writer"), sorted(OPPOSED))
async def test_edges_end_on_the_right_side_in_every_order_of_two_moves(
    world: World, scene: str, writer: str, turns: tuple[int, int]
) -> None:
    """Try all starts of the second move. Both moves then take that many steps in turn."""
    other = SCENES[writer.removeprefix("task: ")]
    for steps in range(0, MOST_STEPS, STRIDE):
        await empty(world.storage)
        first = Chain(world, await SCENES[scene].set(world))
        going_on = all([await first.advance() for _ in range(steps)])
        second = Chain(world, await other.prepare(world))
        for _ in bounded():
            moved = [
                await chain.advance() for chain, many in zip((first, second), turns, strict=True) for _ in range(many)
            ]
            if not any(moved):
                break
        await all_is_settled(world)
        if not going_on:
            return
    pytest.fail("the task goes on for ever")
