"""Follows and unfollows that cross the celebrity threshold."""

from domain.watermarks import NEVER
from tasks import messages
from tests.client import Client, Someone, sign_up, user_id
from tests.conftest import CELEBRITY_THRESHOLD
from tests.live.following import follow, unfollow, watermarks
from tests.world import World


async def test_an_account_crosses_the_celebrity_threshold_both_ways(client: Client, world: World) -> None:
    world = World(world.storage, celebrity_threshold=CELEBRITY_THRESHOLD)
    star, *fans = [await sign_up(world) for _ in range(CELEBRITY_THRESHOLD + 2)]
    posts = [(await world.post(star.user)).id for _ in range(3)]

    async def follow_and_review(fan: Someone) -> bool:
        await follow(client, fan, star.id)
        await world.run_all([messages.review_celebrity(star.user.id)])
        return await is_celebrity()

    async def unfollow_and_review(fan: Someone) -> bool:
        await unfollow(client, fan, star.id)
        await world.run_all([messages.review_celebrity(star.user.id)])
        return await is_celebrity()

    async def is_celebrity() -> bool:
        found = await client(
            "query ($id: ID!) { node(id: $id) { ... on User { isCelebrity } } }", variables={"id": star.id}
        )
        return bool(found["node"]["isCelebrity"])

    assert [await follow_and_review(fan) for fan in fans] == [False, False, True, True]
    assert await watermarks(world, star.user) == [NEVER] * 4
    assert [await unfollow_and_review(fan) for fan in fans[:2]] == [True, False], (
        "an account with 3 of 3 followers stays one, with 2 it does not"
    )
    assert NEVER not in await watermarks(world, star.user)
    for fan in fans:
        assert await world.feed(fan.user) == (posts[::-1] if fan in fans[2:] else [])
    found = await world.storage.users.find_by_id(star.user.id)
    assert found is not None
    assert found.follower_count == 2
    assert user_id(found) == star.id


async def test_following_a_celebrity_starts_a_pulled_edge(client: Client, world: World) -> None:
    ann, star = await sign_up(world), await sign_up(world)
    await world.storage.users.set_celebrity(star.user.id, True)
    assert (await follow(client, ann, star.id))["user"]["isCelebrity"]
    assert await watermarks(world, star.user) == [NEVER]
