"""Counts are exact at every step of a fold, also if others write there or the worker dies there."""

import asyncio
import os
from random import Random

import pytest

from domain.acts import ActKind
from storage.maintenance.folding import Folding
from tasks import messages
from tasks.cores import CORES
from tests.acts import counts_of, deliver_all, fold_all
from tests.conftest import empty
from tests.stepping import SteppedTask, commands_are_steps
from tests.tasks.chains import MOST_STEPS, Chain
from tests.tasks.town import CHANGES, Town
from tests.world import World

# Each change is tried at every nth step, so that together they are tried at all. In .ci/run, each at every step.
STRIDE = 1 if "EVERY_STEP" in os.environ else 3


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.acts.FOLD_BATCH", 2)
    monkeypatch.setattr("tasks.removals.ACTS_BATCH", 1)
    monkeypatch.setattr("tasks.removals.REPOSTS_BATCH", 1)
    commands_are_steps(monkeypatch)


async def begin(world: World, task: str) -> tuple[Town, Chain]:
    """Return a town, and the task before its first step."""
    await empty(world.storage)
    town = await Town.found(world)
    if task == "fold":
        return town, Chain(world, messages.fold_acts())
    first = next(iter(town.posts.values()))
    await town.delete(first)
    return town, Chain(world, messages.remove_acts(first.id))


TASKS = pytest.mark.parametrize("task", ["fold", "remove acts"])


@TASKS
async def test_counts_are_exact_after_every_step(world: World, task: str) -> None:
    town, chain = await begin(world, task)
    await town.check()
    while await chain.advance():
        await town.check()
    await town.check_sums()


@TASKS
async def test_counts_are_exact_if_the_task_dies_at_any_step(world: World, task: str) -> None:
    for steps in range(MOST_STEPS):
        town, chain = await begin(world, task)
        going_on = all([await chain.advance() for _ in range(steps)])
        await chain.kill()
        await town.check()
        await town.check_sums()
        if not going_on:
            return
    pytest.fail("the task goes on for ever")


@TASKS
@pytest.mark.parametrize("change", CHANGES)
async def test_counts_are_exact_with_another_writer_between_two_steps(world: World, task: str, change: str) -> None:
    dice = Random(change)
    for steps in range([*CHANGES].index(change) % STRIDE, MOST_STEPS, STRIDE):
        town, chain = await begin(world, task)
        going_on = all([await chain.advance() for _ in range(steps)])
        await CHANGES[change](town, dice)
        await town.check()
        await chain.finish()
        await town.check()
        await town.check_sums()
        if not going_on:
            return
    pytest.fail("the task goes on for ever")


@pytest.mark.parametrize("seed", range(6))
async def test_counts_are_exact_whatever_a_town_and_its_workers_do(world: World, seed: int) -> None:
    """Workers take steps, die, and lose messages, while the town goes on."""
    dice = Random(seed)
    town = await Town.found(world)
    running: list[SteppedTask] = []
    for _ in range(45):
        match dice.choice(["change", "change", "begin", "advance", "advance", "advance", "kill"]):
            case "change":
                await CHANGES[dice.choice([*CHANGES])](town, dice)
            case "begin" if len(running) < 3:
                message = dice.choice([messages.fold_acts(), *town.sent])
                running.append(await SteppedTask.begin_by_command(CORES[message.task], world.services, message))
            case "advance" if running:
                task = dice.choice(running)
                await task.advance()
            case "kill" if running:
                await running.pop(dice.randrange(len(running))).kill()
        running = [task for task in running if not task.is_done]
        await town.check()
    for task in running:
        await task.kill()
    await town.check_sums()


async def test_folds_and_requests_at_the_same_time(world: World) -> None:
    """Transactions conflict for real. Each request takes its like back and likes again, many times."""
    people = await world.make_users(12)
    post = await world.post(people[0])

    async def go_on(user: int, times: int) -> None:
        for _ in range(times):
            await world.storage.acts.add(ActKind.LIKE, user, post)
            await world.storage.acts.take_back(ActKind.LIKE, user, post.id)
        await world.storage.acts.add(ActKind.LIKE, user, post)

    async def fold() -> None:
        for _ in range(15):
            await world.services.maintenance.folding.fold_acts(limit=5)

    await asyncio.gather(*(go_on(person.id, 8) for person in people), fold(), fold())
    assert (await counts_of(world.storage, post)).likes == len(people)
    await fold_all(world)
    stored = await world.storage.mongo.collection("posts").find_one({"_id": post.id})
    assert stored is not None
    assert stored["counts"] == {"likes": len(people)}


async def test_a_fold_that_conflicts_takes_less(world: World) -> None:
    """Otherwise a fold of a thousand likes may never find a moment in which none of them is taken back."""
    ann, bob = await world.make_users(2)
    first, second = await world.post(ann), await world.post(ann)
    for post in (first, second):
        await world.storage.acts.add(ActKind.LIKE, bob.id, post)
    acts = world.storage.mongo.collection("acts")
    async with world.storage.mongo.causal() as session, await session.start_transaction():
        await acts.update_one({"post": second.id}, {"$set": {"held": True}}, session=session)
        assert await world.services.maintenance.folding.fold_acts(limit=2), "there is more"
        assert [act["post"] async for act in acts.find({"d": 1})] == [second.id]


async def test_posts_in_flight_are_folded_later(world: World) -> None:
    """A fan-out changes its post with each chunk, which would conflict with the fold."""
    ann = await world.make_user()
    post = await world.post(ann)
    folding: Folding = world.services.maintenance.folding
    assert not await folding.fold_posts(limit=5)
    assert await world.storage.mongo.collection("posts").find_one({"_id": post.id, "uncounted": {"$exists": True}})
    await deliver_all(world)
    assert not await folding.fold_posts(limit=5)
    assert await world.storage.mongo.collection("posts").find_one({"uncounted": {"$exists": True}}) is None


async def test_nothing_is_folded_before_the_migration(world: World) -> None:
    """Processes of the version before would not take what they delete from a sum."""
    ann = await world.make_user()
    await world.post(ann)
    await deliver_all(world)
    meta = world.storage.mongo.collection("meta")
    version = await meta.find_one({"_id": "data"})
    assert version is not None
    await meta.update_one({"_id": "data"}, {"$set": {"version": 2}})
    try:
        old = type(world.storage.data_version)(world.storage.mongo)
        world.storage.data_version, new = old, world.storage.data_version
        await world.run_all([messages.fold_acts()])
    finally:
        world.storage.data_version = new
        await meta.update_one({"_id": "data"}, {"$set": {"version": version["version"]}})
    assert await world.storage.mongo.collection("posts").count_documents({"uncounted": {"$exists": True}}) == 1
