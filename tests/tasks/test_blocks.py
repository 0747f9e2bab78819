"""No follow edge stays beside a block, whatever died between the block and the cut of its edges."""

from datetime import timedelta

import pytest

from domain.records import User
from domain.watermarks import fresh_token
from tasks import messages
from tests.conftest import empty
from tests.stepping import commands_are_steps
from tests.tasks.chains import MOST_STEPS, Chain
from tests.world import World


@pytest.fixture
def due_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.block_cuts.CUT_AGAIN_AFTER", timedelta(0))


async def blocked(world: World) -> tuple[User, User]:
    """Return two accounts that follow each other, one of which has just blocked the other, as if the request died."""
    ann, bob = await world.make_users(2)
    for follower, followee in ((ann, bob), (bob, ann)):
        await world.follow(follower, followee)
        await world.storage.users.count_follow(follower=follower.id, followee=followee.id, by=1)
    await world.storage.relations.block(ann.id, bob.id)
    return ann, bob


async def edges(world: World) -> int:
    return await world.storage.mongo.collection("follows").count_documents({})


async def counts(world: World) -> set[int]:
    users = [user async for user in world.storage.mongo.collection("users").find({})]
    return {user.get(count, 0) for user in users for count in ("follower_count", "followee_count")}


async def sweep(world: World) -> None:
    await world.run_all([messages.sweep_blocks()])
    await world.run_all([messages.sweep_counts(after=-1)])


@pytest.mark.usefixtures("due_at_once")
@pytest.mark.parametrize("limit", [1, 1_000])
async def test_a_sweep_cuts_the_edges_beside_a_block_once(
    world: World, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr("tasks.blocks.SWEEP_LIMIT", limit)
    await blocked(world)
    await sweep(world)
    assert (await edges(world), await counts(world)) == (0, {0})
    assert await world.storage.block_cuts.claim_due(limit=10) == []


async def test_a_block_is_swept_after_the_longest_request(world: World) -> None:
    await blocked(world)
    assert await world.storage.block_cuts.claim_due(limit=10) == []
    await world.storage.mongo.collection("relations").update_many({"kind": "BLOCK"}, [{"$set": {"cut_at": "$$NOW"}}])
    assert len(await world.storage.block_cuts.claim_due(limit=10)) == 1
    assert await world.storage.block_cuts.claim_due(limit=10) == [], "it is due again later"


@pytest.mark.usefixtures("due_at_once")
@pytest.mark.parametrize("again", ["the task dies", "unblocked and followed again"])
async def test_at_any_step(world: World, monkeypatch: pytest.MonkeyPatch, again: str) -> None:
    commands_are_steps(monkeypatch)
    for steps in range(MOST_STEPS):
        await empty(world.storage)
        ann, bob = await blocked(world)
        chain = Chain(world, messages.cut_edges(ann.id, bob.id))
        going_on = all([await chain.advance() for _ in range(steps)])
        if again == "the task dies":
            await chain.kill()
        else:
            await world.storage.relations.unblock(ann.id, bob.id)
            await world.storage.follows.delete_edge(follower=ann.id, followee=bob.id)
            assert await world.storage.follows.insert_edge(follower=ann.id, followee=bob.id, push_from=fresh_token())
            await chain.finish()
        await sweep(world)
        if again == "the task dies":
            assert await edges(world) == 0
        else:
            edge = await world.storage.follows.find_edge(follower=ann.id, followee=bob.id)
            assert edge, "it was made after the end of the block"
        if not going_on:
            return
    pytest.fail("the task goes on for ever")


@pytest.mark.usefixtures("due_at_once")
async def test_a_second_block_of_the_same_account_changes_nothing(world: World) -> None:
    ann, bob = await blocked(world)
    await sweep(world)
    assert not await world.storage.relations.block(ann.id, bob.id)
    assert await world.storage.block_cuts.claim_due(limit=10) == []
