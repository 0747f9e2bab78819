"""Suggested accounts and known followers are those of plain recomputation over follows and relations."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from domain.ids import MAX_ID
from domain.records import User
from domain.relations import RelationKind
from domain.watermarks import NEVER
from resolvers.context import Context
from resolvers.services import Services
from resolvers.suggestions import known_followers, suggested
from storage import Storage
from tests.client import Client, sign_up
from tests.contexts import services_on
from tests.conversations import block, relate
from tests.world import World

KNOWN = """query ($alias: String!, $first: Int, $after: String) { user(alias: $alias) {
    knownFollowers(first: $first, after: $after) {
        edges { cursor node { alias } } pageInfo { hasNextPage endCursor } } } }"""
SUGGESTED = "query ($first: Int) { suggestedUsers(first: $first) { alias followedByViewer } }"


@pytest.fixture
def services(storage: Storage) -> Iterator[Services]:
    with services_on(storage) as made:
        yield made


async def edges_of(storage: Storage) -> list[tuple[int, int]]:
    """Return (follower, followee) of each edge, the latest first."""
    edges = storage.mongo.collection("follows").find({}).sort("_id", -1)
    return [(edge["follower"], edge["followee"]) async for edge in edges]


async def hidden_from(storage: Storage, viewer: User) -> set[int]:
    return {row["other"] async for row in storage.mongo.collection("relations").find({"reader": viewer.id})}


async def suggested_by_definition(storage: Storage, viewer: User, *, followees: int, each: int) -> list[int]:
    edges = await edges_of(storage)
    mine = [followee for follower, followee in edges if follower == viewer.id]
    by: Counter[int] = Counter()
    for known in mine[:followees]:
        by.update([followee for follower, followee in edges if follower == known][:each])
    likeliest = sorted(by, key=lambda account: (-by[account], -account))
    unwanted = {viewer.id, *mine, *await hidden_from(storage, viewer)}
    return [account for account in likeliest if account not in unwanted]


async def make_random(world: World, rng: random.Random) -> list[User]:
    people = await world.make_users(9)
    for follower, followee in rng.sample([(one, two) for one in people for two in people if one != two], 30):
        await world.follow(follower, followee, push_from=NEVER)
    for _ in range(3):
        one, two = rng.sample(people, 2)
        if rng.random() < 0.5:
            await block(world.storage, one, two)
        else:
            await relate(world.storage, one, two, RelationKind.MUTE)
    return people


@pytest.mark.parametrize("seed", range(6))
async def test_suggestions_and_known_followers_equal_recomputation(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("storage.suggestions.FOLLOWEES", 3)
    monkeypatch.setattr("storage.suggestions.FOLLOWED_BY_EACH", 2)
    monkeypatch.setattr("storage.suggestions.WORTH_KEEPING", MAX_ID)
    monkeypatch.setattr("resolvers.suggestions.KNOWN_AMONG", 3)
    rng = random.Random(seed)
    people = await make_random(world, rng)
    edges = await edges_of(world.storage)
    for viewer in people:
        context = Context(services=services, since=0, viewer=viewer.id)
        found = [user.id for user in await suggested(context, 100)]
        likeliest = await suggested_by_definition(world.storage, viewer, followees=3, each=2)
        hidden = await hidden_from(world.storage, viewer)
        assert found[: len(likeliest)] == likeliest
        rest = {user.id for user in people} - {viewer.id, *hidden, *likeliest}
        assert set(found[len(likeliest) :]) <= rest - {two for one, two in edges if one == viewer.id}

        mine = [followee for follower, followee in edges if follower == viewer.id][:3]
        known = await known_followers(context, [user.id for user in people])
        for user, follows in zip(people, known, strict=True):
            expected = [each for each in mine if (each, user.id) in edges and each not in hidden]
            assert [follow.followee for follow in follows] == expected


async def test_suggestions_are_kept_and_never_show_who_is_followed_muted_or_blocked_by_now(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.suggestions.WORTH_KEEPING", 1)
    ann, bob = await sign_up(world, "ann"), await world.make_user("bob")
    others = [await world.make_user(f"other{number}") for number in range(4)]
    await world.follow(ann.user, bob, push_from=NEVER)
    for other in others:
        await world.follow(bob, other, push_from=NEVER)

    async def shown() -> list[str]:
        answer = await client(SUGGESTED, token=ann.token)
        assert not any(user["followedByViewer"] for user in answer["suggestedUsers"])
        return sorted(user["alias"] for user in answer["suggestedUsers"])

    assert await shown() == ["other0", "other1", "other2", "other3"]
    await world.follow(ann.user, others[0], push_from=NEVER)
    await relate(world.storage, ann.user, others[1], RelationKind.MUTE)
    await block(world.storage, others[2], ann.user)
    await world.storage.mongo.collection("users").delete_one({"_id": others[3].id})
    late = await world.make_user("late")
    await world.follow(bob, late, push_from=NEVER)
    assert set(await shown()) <= {"other3"}, "the list is kept, and a deleted account may be remembered for seconds"


async def test_a_newcomer_is_suggested_the_most_followed_accounts(world: World, client: Client) -> None:
    newcomer = await sign_up(world)
    star, other, _ = await world.make_users(3)
    for follower in await world.make_users(8):
        await world.follow(follower, star, push_from=NEVER)
    await world.follow(star, other, push_from=NEVER)
    answer = await client(SUGGESTED, variables={"first": 2}, token=newcomer.token)
    assert [user["alias"] for user in answer["suggestedUsers"]] == [star.alias, other.alias]


async def test_known_followers_are_paged(world: World, client: Client) -> None:
    ann, star = await sign_up(world), await world.make_user("star")
    known = await world.make_users(5)
    for other in known:
        await world.follow(ann.user, other, push_from=NEVER)
        await world.follow(other, star, push_from=NEVER)
    await world.follow(await world.make_user(), star, push_from=NEVER)

    first = (await client(KNOWN, variables={"alias": "star"}, token=ann.token))["user"]["knownFollowers"]
    assert [edge["node"]["alias"] for edge in first["edges"]] == [user.alias for user in known[:1:-1]]
    assert first["pageInfo"]["hasNextPage"]
    after = {"alias": "star", "first": 9, "after": first["pageInfo"]["endCursor"]}
    rest = (await client(KNOWN, variables=after, token=ann.token))["user"]["knownFollowers"]
    assert [edge["node"]["alias"] for edge in rest["edges"]] == [user.alias for user in known[1::-1]]
    assert not rest["pageInfo"]["hasNextPage"]
    anonymous = await client(KNOWN, variables={"alias": "star"})
    assert anonymous["user"]["knownFollowers"]["edges"] == []
