"""Edges are counted in pieces, on both drivers, all at the instant of the first piece."""

import pytest

from storage import Storage
from storage.maintenance import Maintenance
from storage.maintenance.counts import CountDrift, Recount
from tests.world import World


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7])
async def test_pieces_count_all_edges_of_one_instant(storage: Storage, world: World, limit: int) -> None:
    star, *fans = await world.make_users(5)
    for fan in fans[:3]:
        await world.follow(fan, star)
    await world.follow(star, fans[0])
    await storage.users.count_follow(follower=fans[0].id, followee=star.id, by=1)
    so_far, pieces = Recount(), 0
    while not so_far.is_complete and pieces < 20:
        counted = await Maintenance(storage).counts.count_piece(star.id, so_far, limit=limit)
        assert counted is not None
        so_far, pieces = counted, pieces + 1
        await world.follow(fans[3], star)
        await world.unfollow(fans[0], star)

    assert (so_far.followers, so_far.followees) == (3, 1)
    assert pieces == 3 // limit + 1 + 1 // limit + 1
    assert await Maintenance(storage).counts.drift_at(star.id, so_far) == CountDrift(-1, 0)


async def test_a_batch_ends_before_the_account_with_too_many_edges(storage: Storage, world: World) -> None:
    one, two, star = await world.make_users(3)
    for follower, followee in ((one, two), (two, star), (one, star)):
        await world.follow(follower, followee)

    async def batch(after: int, *, edges: int) -> list[int]:
        return await Maintenance(storage).counts.next_batch(after=after, limit=3, edges=edges)

    assert await batch(-1, edges=6) == [one.id, two.id, star.id]
    assert await batch(-1, edges=4) == [one.id, two.id]
    assert await batch(-1, edges=1) == [one.id], "at least one"
    assert await batch(two.id, edges=1) == [star.id]
    assert await batch(star.id, edges=1) == []
