"""Counts that a crash has left off are corrected; those that only lag are left alone."""

import pytest

from domain.records import User
from tasks import counts
from tests.world import World


async def counted(world: World, user: User) -> tuple[int, int]:
    found = await world.storage.users.find(user.id)
    assert found is not None
    return found.follower_count, found.followee_count


async def test_an_edge_whose_counts_were_never_written_is_counted(world: World) -> None:
    follower, followee = await world.make_users(2)
    await world.storage.follows.insert(follower=follower.id, followee=followee.id, push_from=0)

    await world.run_all(await counts.sweep(world.resources))

    assert await counted(world, followee) == (1, 0)
    assert await counted(world, follower) == (0, 1)


async def test_a_follow_that_is_counted_between_the_two_looks_is_not_counted_twice(world: World) -> None:
    follower, followee = await world.make_users(2)
    await world.storage.follows.insert(follower=follower.id, followee=followee.id, push_from=0)
    again = await counts.sweep(world.resources)
    await world.storage.users.count_follow(follower=follower.id, followee=followee.id, by=1)

    await world.run_all(again)

    assert await counted(world, followee) == (1, 0)
    assert await counted(world, follower) == (0, 1)


async def test_counts_that_have_moved_between_the_two_looks_wait_for_the_next_sweep(world: World) -> None:
    one, two, followee = await world.make_users(3)
    await world.storage.follows.insert(follower=one.id, followee=followee.id, push_from=0)
    again = await counts.sweep(world.resources)
    await world.storage.follows.insert(follower=two.id, followee=followee.id, push_from=0)

    await world.run_all(again)
    assert await counted(world, followee) == (0, 0)

    await world.run_all(await counts.sweep(world.resources))
    assert await counted(world, followee) == (2, 0)


async def test_every_account_is_looked_at_batch_by_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "SWEEP_BATCH", 2)
    users = await world.make_users(5)
    for follower in users:
        for followee in users:
            if follower.id != followee.id:
                await world.storage.follows.insert(follower=follower.id, followee=followee.id, push_from=0)

    await world.run_all(await counts.sweep(world.resources))

    assert [await counted(world, user) for user in users] == [(4, 4)] * 5
