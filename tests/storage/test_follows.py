"""Follow edges are inserted and deleted once, and listed the latest first, also during changes."""

import asyncio

import pytest

from domain.ids import MAX_ID
from domain.pages import PageRequest
from domain.records import User
from domain.watermarks import NEVER
from storage import Storage
from storage.follows import Follows
from storage.memory.ids import IdGenerator
from tests.waiting import bounded
from tests.world import World


async def followers(storage: Storage, user: User, page_size: int) -> list[int]:
    read: list[int] = []
    before = MAX_ID + 1
    for _ in bounded():
        page = await storage.follows.followers(user.id, PageRequest(page_size, before))
        read += [edge.follower for edge in page.items]
        if not page.has_next:
            break
        assert len(page.items) == page_size
        assert page.items[-1].id < before, "each page continues below the previous one"
        before = page.items[-1].id
    return read


async def test_an_edge_is_inserted_once(storage: Storage, world: World) -> None:
    one, other = await world.make_users(2)
    inserts = [storage.follows.insert_edge(follower=one.id, followee=other.id, push_from=NEVER) for _ in range(5)]
    (made,) = [edge for edge in await asyncio.gather(*inserts) if edge is not None]
    found = await storage.follows.find_edge(follower=one.id, followee=other.id)
    assert found is not None
    assert found.id == made
    assert await storage.mongo.collection("follows").count_documents({}) == 1


class Repeating(IdGenerator):
    """Draws a taken id first and then others."""

    def __init__(self, taken: int) -> None:
        super().__init__()
        self._taken = [taken]

    def draw(self) -> int:
        return self._taken.pop() if self._taken else super().draw()


async def test_an_edge_whose_id_is_taken_gets_another_id(storage: Storage, world: World) -> None:
    one, other = await world.make_users(2)
    await world.follow(one, other)
    taken = await storage.follows.find_edge(follower=one.id, followee=other.id)
    assert taken is not None
    follows = Follows(storage.mongo, Repeating(taken.id), storage.readers)
    assert await follows.insert_edge(follower=other.id, followee=one.id, push_from=NEVER)
    assert await storage.follows.followees_among(other.id, [one.id]) == {one.id}


async def test_a_second_follow_does_not_change_the_watermark(storage: Storage, world: World) -> None:
    one, other = await world.make_users(2)
    await storage.follows.insert_edge(follower=one.id, followee=other.id, push_from=5)
    assert not await storage.follows.insert_edge(follower=one.id, followee=other.id, push_from=NEVER)
    edge = await storage.mongo.collection("follows").find_one({})
    assert edge is not None
    assert edge["push_from"] == 5


async def test_an_edge_is_deleted_once(storage: Storage, world: World) -> None:
    one, other = await world.make_users(2)
    await world.follow(one, other)
    await world.follow(other, one)
    deletes = [storage.follows.delete_edge(follower=one.id, followee=other.id) for _ in range(5)]
    assert sorted(await asyncio.gather(*deletes)) == [False] * 4 + [True]
    assert await storage.follows.followees_among(other.id, [one.id]) == {one.id}, "the edge back is another one"


@pytest.mark.parametrize("page_size", [1, 2, 4, 5, 6, 100])
async def test_followers_are_listed_the_latest_first(storage: Storage, world: World, page_size: int) -> None:
    star, *fans = await world.make_users(6)
    for fan in fans:
        await world.follow(fan, star)
    assert await followers(storage, star, page_size) == [fan.id for fan in reversed(fans)]


async def test_followees_are_listed_the_latest_first(storage: Storage, world: World) -> None:
    fan, *stars = await world.make_users(4)
    for star in stars:
        await world.follow(fan, star)
    page = await storage.follows.followees(fan.id, PageRequest(2))
    assert [(edge.follower, edge.followee) for edge in page.items] == [(fan.id, star.id) for star in stars[:0:-1]]
    assert page.has_next
    rest = await storage.follows.followees(fan.id, PageRequest(2, page.items[-1].id))
    assert [edge.followee for edge in rest.items] == [stars[0].id]
    assert not rest.has_next


async def test_pages_stay_consistent_if_edges_change_between_them(storage: Storage, world: World) -> None:
    star, *fans = await world.make_users(8)
    for fan in fans[:6]:
        await world.follow(fan, star)
    first = await storage.follows.followers(star.id, PageRequest(3))
    assert [edge.follower for edge in first.items] == [fans[5].id, fans[4].id, fans[3].id]

    await world.unfollow(fans[3], star)  # the edge of the cursor itself
    await world.unfollow(fans[5], star)
    await world.follow(fans[6], star)
    await world.follow(fans[5], star)  # as a new and later edge

    second = await storage.follows.followers(star.id, PageRequest(3, first.items[-1].id))
    assert [edge.follower for edge in second.items] == [fans[2].id, fans[1].id, fans[0].id]
    assert not second.has_next


async def test_followers_and_followees_among_many_accounts_are_found(storage: Storage, world: World) -> None:
    one, two, three = await world.make_users(3)
    await world.follow(one, two)
    await world.follow(three, one)
    everybody = [one.id, two.id, three.id, 12345]
    assert await storage.follows.followees_among(one.id, everybody) == {two.id}
    assert await storage.follows.followers_among(one.id, everybody) == {three.id}
    assert await storage.follows.followees_among(one.id, []) == set()
