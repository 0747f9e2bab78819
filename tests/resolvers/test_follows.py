"""Follows, unfollows, counts and lists."""

import asyncio

import pytest

from schema.global_ids import IdKind, encode
from tests.client import Client, post_id, sign_up
from tests.live.following import FOLLOW, UNFOLLOW, follow, unfollow, watermarks
from tests.world import World

LISTS = """query ($alias: String!, $first: Int, $followers: String, $followees: String) { user(alias: $alias) {
    followers(first: $first, after: $followers) { edges { cursor followedAt node { alias } } pageInfo { hasNextPage } }
    followees(first: $first, after: $followees) { edges { cursor followedAt node { alias } } pageInfo { hasNextPage } }
} }"""


async def test_following_shows_at_once_in_counts_and_flags(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await world.follow(bob.user, ann.user)

    for _ in range(2):  # the second one changes nothing
        followed = await follow(client, ann, bob.id)
        assert followed["__typename"] == "Followed"
        assert followed["user"] == {
            "alias": "bob",
            "followerCount": 1,
            "followeeCount": 1,
            "isCelebrity": False,
            "isViewer": False,
            "followedByViewer": True,
            "followsViewer": True,
        }

    for _ in range(2):
        unfollowed = await unfollow(client, ann, bob.id)
        assert unfollowed["__typename"] == "Unfollowed"
        assert (unfollowed["user"]["followerCount"], unfollowed["user"]["followedByViewer"]) == (0, False)
        assert unfollowed["user"]["followsViewer"]


async def test_counts_match_the_edges_after_concurrent_follows(client: Client, world: World) -> None:
    star, *fans = [await sign_up(world) for _ in range(6)]
    moves = [move(client, fan, star.id) for fan in fans for move in (follow, unfollow, follow, follow)]
    await asyncio.gather(*moves)
    found, edges = await world.storage.users.find_by_id(star.user.id), await watermarks(world, star.user)
    assert found is not None
    assert found.follower_count == len(edges)
    for fan in fans:
        seen = await world.storage.users.find_by_id(fan.user.id)
        follows = await world.storage.follows.followees_among(fan.user.id, [star.user.id])
        assert seen is not None
        assert seen.followee_count == len(follows)


async def test_a_follow_and_an_unfollow_in_one_request_each_return_their_result(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    seen = "user { followedByViewer followerCount }"
    query = f"""mutation ($bob: ID!) {{
        one: follow(input: {{userId: $bob}}) {{ ... on Followed {{ {seen} }} }}
        two: unfollow(input: {{userId: $bob}}) {{ ... on Unfollowed {{ {seen} }} }}
        three: follow(input: {{userId: $bob}}) {{ ... on Followed {{ {seen} }} }}
    }}"""
    done = await client(query, variables={"bob": bob.id}, token=ann.token)
    assert [done[name]["user"]["followedByViewer"] for name in ("one", "two", "three")] == [True, False, True]
    assert [done[name]["user"]["followerCount"] for name in ("one", "two", "three")] == [1, 0, 1]


async def test_following_oneself_or_an_unknown_account_is_refused(client: Client, world: World) -> None:
    ann = await sign_up(world)
    nobody = encode(IdKind.USER, 12345)
    assert (await follow(client, ann, ann.id))["__typename"] == "CannotFollowSelf"
    assert (await follow(client, ann, nobody))["__typename"] == "UserNotFound"
    assert (await unfollow(client, ann, nobody))["__typename"] == "UserNotFound"
    assert (await unfollow(client, ann, ann.id))["__typename"] == "Unfollowed"
    assert await world.storage.mongo.collection("follows").count_documents({}) == 0
    assert await world.storage.users.find_by_id(ann.user.id) == ann.user


@pytest.mark.parametrize("query", [FOLLOW, UNFOLLOW])
async def test_following_needs_a_viewer_and_the_id_of_a_user(client: Client, world: World, query: str) -> None:
    ann = await sign_up(world)
    post = post_id(await world.post(ann.user))
    assert (await client.ask(query, variables={"user": ann.id})).codes == ["UNAUTHENTICATED"]
    for wrong in (post, "nonsense", ""):
        assert (await client.ask(query, variables={"user": wrong}, token=ann.token)).codes == ["BAD_USER_INPUT"]


async def test_both_lists_are_paged_the_latest_first(client: Client, world: World) -> None:
    ann, *others = [await world.make_user(alias) for alias in ("ann", "b", "c", "d")]
    for other in others:
        await world.follow(other, ann)
        await world.follow(ann, other)

    first = (await client(LISTS, variables={"alias": "ann", "first": 2}))["user"]
    for end in ("followers", "followees"):
        assert [edge["node"]["alias"] for edge in first[end]["edges"]] == ["d", "c"]
        assert first[end]["pageInfo"]["hasNextPage"]
        assert first[end]["edges"][0]["followedAt"] >= first[end]["edges"][1]["followedAt"]
    cursors = {end: first[end]["edges"][-1]["cursor"] for end in ("followers", "followees")}
    second = (await client(LISTS, variables={"alias": "ann", "first": 2, **cursors}))["user"]
    for end in ("followers", "followees"):
        assert [edge["node"]["alias"] for edge in second[end]["edges"]] == ["b"]
        assert not second[end]["pageInfo"]["hasNextPage"]


TOTALS = """query ($alias: String!, $first: Int) { user(alias: $alias) {
    followers(first: $first) { totalCount edges { node { alias } } }
    followees(first: $first) { totalCount edges { node { alias } } }
} }"""


async def totals(client: Client, alias: str) -> tuple[int, int]:
    found = (await client(TOTALS, variables={"alias": alias, "first": 1}))["user"]
    return found["followers"]["totalCount"], found["followees"]["totalCount"]


async def test_the_totals_are_counted_from_the_edges(client: Client, world: World) -> None:
    """The stored counts are wrong here, as they are if a process died after it inserted an edge."""
    ann, *others = [await world.make_user(alias) for alias in ("ann", "bob", "cleo")]
    for other in others:
        await world.follow(other, ann)
    await world.follow(ann, others[0])
    users = world.storage.mongo.collection("users")
    await users.update_many({}, {"$set": {"follower_count": 77, "followee_count": 77}})
    assert await totals(client, "ann") == (2, 1)
    assert await totals(client, "cleo") == (0, 1)
    await world.unfollow(others[1], ann)
    assert await totals(client, "ann") == (1, 1)


@pytest.mark.parametrize(("stored", "expected"), [(0, 3), (3, 3), (50, 50)])
async def test_beyond_the_bound_the_total_is_the_stored_count(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch, stored: int, expected: int
) -> None:
    for room in ("storage", "resolvers"):
        monkeypatch.setattr(f"{room}.follows.MAX_COUNTED", 3)
    ann, *others = await world.make_users(6)
    for other in others:
        await world.follow(other, ann)
        await world.follow(ann, other)
    stored_counts = {"follower_count": stored, "followee_count": stored}
    await world.storage.mongo.collection("users").update_one({"_id": ann.id}, {"$set": stored_counts})
    assert await totals(client, ann.alias) == (expected, expected)


async def test_a_cursor_of_posts_is_refused_for_follows(client: Client, world: World) -> None:
    await world.make_user("ann")
    variables = {"alias": "ann", "followers": encode(IdKind.POST_CURSOR, 5)}
    assert (await client.ask(LISTS, variables=variables)).codes == ["BAD_USER_INPUT"]
