"""Seeded edges have the right watermark, and every feed is exact while others post."""

import pytest

from domain.watermarks import NEVER, fresh_token
from seeding.graph import seed_graph
from seeding.star import seed_star
from storage import Storage
from tasks import messages
from tests.seeding.looking import PAIRS, assert_counts_are_what_the_edges_say, services, user, watermarks
from tests.world import World


async def test_an_account_at_the_threshold_is_pulled(storage: Storage) -> None:
    await seed_graph(services(storage, celebrity_threshold=4), PAIRS)

    celebrity, other = await user(storage, "u3"), await user(storage, "u1")
    assert celebrity.is_celebrity
    assert await watermarks(storage, celebrity) == [NEVER] * 4
    assert not other.is_celebrity
    assert await watermarks(storage, other) == [0, 0]


async def test_crossing_the_celebrity_threshold_raises_existing_edges(storage: Storage) -> None:
    some = services(storage, celebrity_threshold=4)
    await seed_star(some, alias="star", followers=3)
    star = await user(storage, "star")
    assert await watermarks(storage, star) == [0, 0, 0]

    await seed_star(some, alias="star", followers=5)

    assert (await user(storage, "star")).is_celebrity
    assert await watermarks(storage, star) == [NEVER] * 5


@pytest.mark.parametrize("threshold", [3, 1_000])
async def test_followers_seeded_during_posts_read_all_of_them(storage: Storage, world: World, threshold: int) -> None:
    star, early = await world.make_user("star"), await world.make_user("early")
    await world.follow(early, star, push_from=fresh_token())
    posts = [(await world.post(star)).id for _ in range(9)]
    await world.run_all([messages.start_fan_out(post) for post in posts[:6]])  # the other posts stay in flight

    await seed_star(services(storage, celebrity_threshold=threshold), alias="star", followers=4)
    posts.append((await world.post(star)).id)

    for alias in ("early", "fan1", "fan4"):
        reader = await user(storage, alias)
        assert await world.feed(reader) == await world.oracle(reader) == posts[::-1]
    await assert_counts_are_what_the_edges_say(storage)


async def test_a_seeded_follower_has_entries_of_older_posts(storage: Storage, world: World) -> None:
    star = await world.make_user("star")
    posts = [(await world.post(star)).id for _ in range(3)]

    await seed_star(services(storage), alias="star", followers=2)

    assert await watermarks(storage, star) == [0, 0]
    assert await world.entries(await user(storage, "fan2")) == posts[::-1]
