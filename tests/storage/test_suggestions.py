"""What MongoDB examines for suggestions and known followers does not grow with the accounts."""

import pytest

from domain.watermarks import NEVER
from storage import Storage
from storage.suggestions import FOLLOWED_BY_EACH, FOLLOWEES
from tests.commands import Commands, explain, explain_joins
from tests.storage.crowds import make_crowd, make_followees, make_followers
from tests.world import World


async def test_suggestions_read_a_bounded_number_of_edges(storage: Storage, world: World, commands: Commands) -> None:
    reader, crowd = await world.make_user(), await make_crowd(storage, FOLLOWEES + 40)
    many = await make_crowd(storage, FOLLOWED_BY_EACH + 60, name="many")
    await make_followees(storage, reader, crowd, push_from=NEVER)
    for followee in crowd[-5:]:
        await make_followees(storage, followee, many, push_from=NEVER)
    await make_followees(storage, crowd[0], [crowd[1]], push_from=NEVER)  # the reader follows it for too long

    with commands.during() as sent:
        found = await storage.suggestions.find(reader.id)
        assert list(await storage.suggestions.find(reader.id)) == list(found), "kept"

    assert list(found) == [user.id for user in many[: -FOLLOWED_BY_EACH - 1 : -1]]
    followed, popular = sent
    (join,) = await explain_joins(storage, followed)
    assert join.scans == 0
    assert join.keys <= FOLLOWEES * (FOLLOWED_BY_EACH + 1)
    assert "SORT" not in (await explain(storage, popular)).stages


async def test_known_followers_read_one_key_for_each_pair(storage: Storage, world: World, commands: Commands) -> None:
    star, (one, *crowd) = await world.make_user(), await make_crowd(storage, 101)
    await make_followers(storage, star, crowd, push_from=NEVER)
    with commands.during() as sent:
        found = await storage.follows.followers_of_each([star.id, one.id], [user.id for user in crowd[:20]])
    assert found == {star.id: {user.id for user in crowd[:20]}, one.id: set()}
    (plan,) = [await explain(storage, command) for command in sent]
    assert (plan.keys <= 61, plan.documents) == (True, 0)


@pytest.mark.parametrize("order", [(5, 9, 7), (9, 7, 5), (7, 9, 5)])
async def test_a_feed_position_only_rises(storage: Storage, world: World, order: tuple[int, ...]) -> None:
    reader = await world.make_user()
    assert await storage.readers.feed_position(reader.id) is None
    positions = [await storage.readers.raise_feed_position(reader.id, event) for event in order]
    assert positions == [max(order[: place + 1]) for place in range(3)]
    assert await storage.readers.feed_position(reader.id) == 9
    assert await storage.readers.raise_feed_position(12345, 5) == 5, "a deleted account is not made anew"
    assert await storage.mongo.collection("users").count_documents({}) == 1
