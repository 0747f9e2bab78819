"""The sweep corrects counts that a crash has left wrong, and does not touch those that only lag."""

import pytest

from domain.records import User
from storage.maintenance.counts import Counts, Recount
from tasks import counts, messages
from tests.world import World


async def counted_of(world: World, user: User) -> tuple[int, int]:
    found = await world.storage.users.find_by_id(user.id)
    assert found is not None
    return found.follower_count, found.followee_count


async def test_the_sweep_counts_an_edge_whose_counts_were_not_written(world: World) -> None:
    follower, followee = await world.make_users(2)
    await world.storage.follows.insert_edge(follower=follower.id, followee=followee.id, push_from=0)

    await world.run_all(await counts.sweep_counts(world.services))

    assert await counted_of(world, followee) == (1, 0)
    assert await counted_of(world, follower) == (0, 1)


async def test_a_follow_counted_between_the_two_comparisons_is_not_counted_twice(world: World) -> None:
    follower, followee = await world.make_users(2)
    await world.storage.follows.insert_edge(follower=follower.id, followee=followee.id, push_from=0)
    again = await counts.sweep_counts(world.services)
    await world.storage.users.count_follow(follower=follower.id, followee=followee.id, by=1)

    await world.run_all(again)

    assert await counted_of(world, followee) == (1, 0)
    assert await counted_of(world, follower) == (0, 1)


async def test_counts_that_changed_between_the_two_comparisons_wait_for_the_next_sweep(world: World) -> None:
    one, two, followee = await world.make_users(3)
    await world.storage.follows.insert_edge(follower=one.id, followee=followee.id, push_from=0)
    again = await counts.sweep_counts(world.services)
    await world.storage.follows.insert_edge(follower=two.id, followee=followee.id, push_from=0)

    await world.run_all(again)
    assert await counted_of(world, followee) == (0, 0)

    await world.run_all(await counts.sweep_counts(world.services))
    assert await counted_of(world, followee) == (2, 0)


async def test_every_account_is_compared_batch_by_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "SWEEP_BATCH", 2)
    users = await world.make_users(5)
    for follower in users:
        for followee in users:
            if follower.id != followee.id:
                await world.storage.follows.insert_edge(follower=follower.id, followee=followee.id, push_from=0)

    await world.run_all(await counts.sweep_counts(world.services))

    assert [await counted_of(world, user) for user in users] == [(4, 4)] * 5


# -- accounts with many edges -----------------------------------------------------------------------------------------


async def tangle(world: World, monkeypatch: pytest.MonkeyPatch, *, followers: int, edges: int) -> list[User]:
    """Create accounts that all follow a star and each the next one. No edge is counted."""
    monkeypatch.setattr(counts, "SWEEP_EDGES", edges)
    users = await world.make_users(followers + 1)
    star, *fans = users
    for place, fan in enumerate(fans):
        for followee in (star, fans[place - 1]):
            if fan is not followee:
                await world.storage.follows.insert_edge(follower=fan.id, followee=followee.id, push_from=0)
    return users


@pytest.mark.parametrize("edges", [1, 2, 3, 5, 8, 9, 100])
@pytest.mark.parametrize("is_counted", [False, True])
async def test_no_command_counts_more_edges_than_the_bound_and_all_are_counted(
    world: World, monkeypatch: pytest.MonkeyPatch, edges: int, is_counted: bool
) -> None:
    users = await tangle(world, monkeypatch, followers=8, edges=edges)
    everyone = [user.id for user in users]
    if is_counted:  # except one follower, so that the star's counts show its many edges
        await world.services.maintenance.counts.add_drift(await world.services.maintenance.counts.find_drift(everyone))
        await world.storage.users.count_follow(follower=users[1].id, followee=users[0].id, by=-1)
    counted: list[int] = []
    piece = world.services.maintenance.counts.count_piece

    async def count_piece(user: int, so_far: Recount, *, limit: int) -> Recount | None:
        found = await piece(user, so_far, limit=limit)
        assert found is not None
        counted.append(found.followers + found.followees - so_far.followers - so_far.followees)
        return found

    monkeypatch.setattr(Counts, "count_piece", staticmethod(count_piece))
    await world.run_all(await counts.sweep_counts(world.services))

    assert [await counted_of(world, user) for user in users] == [(8, 0)] + [(1, 2)] * 8
    assert max(counted, default=0) <= edges
    assert bool(counted) == (edges < 8), "accounts are taken one at a time only if necessary"


async def test_edges_that_change_between_two_pieces_are_counted_at_one_instant(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    star, *fans = await tangle(world, monkeypatch, followers=8, edges=3)
    first = await world.run(messages.recount(star.id, Recount()))
    await world.storage.follows.delete_edge(follower=fans[0].id, followee=star.id)  # it has been counted
    newcomer = await world.make_user()
    await world.storage.follows.insert_edge(follower=newcomer.id, followee=star.id, push_from=0)

    for _ in range(3):
        (again,) = first
        first = await world.run(again)

    (second_look,) = first
    assert second_look.args == (star.id, list(Recount()), [8, 0]), "at the instant of the first piece"
    assert second_look.delay_s == messages.LOOK_AGAIN_AFTER_S


async def test_a_large_account_whose_counts_changed_between_the_two_counts_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    star, *fans = await tangle(world, monkeypatch, followers=8, edges=3)
    message = messages.recount(star.id, Recount(), seen=[8, 0])
    await world.storage.follows.delete_edge(follower=fans[0].id, followee=star.id)
    await world.run_all([message])
    assert await counted_of(world, star) == (0, 0)


async def test_a_count_whose_snapshot_is_lost_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    star, *_ = await tangle(world, monkeypatch, followers=8, edges=3)
    (going_on,) = await world.run(messages.recount(star.id, Recount()))
    so_far = going_on.args[1]
    assert isinstance(so_far, list)
    forgotten = Recount(*so_far)._replace(time=1)
    assert await world.run(messages.recount(star.id, forgotten)) == []
