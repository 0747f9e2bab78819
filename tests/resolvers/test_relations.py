"""Mutes, blocks and options of follows through GraphQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from resolvers import relations
from resolvers.context import Context
from schema.global_ids import IdKind, encode
from schema.scalars import write_instant
from storage import Storage
from tasks.messages import Message, remove_author_entries
from tests.client import Client, Someone, post_id, sign_up
from tests.contexts import services_on
from tests.live.following import follow, unfollow
from tests.world import World

SEEN = """user { alias followerCount followeeCount followedByViewer followsViewer
    mutedByViewer mutedUntil blockedByViewer blocksViewer followOptions { showsReposts isInFeed } }"""
DO = {
    verb: f"""mutation ($user: ID!) {{ {verb}(input: {{userId: $user}}) {{
        __typename ... on {success} {{ {SEEN} }} ... on Error {{ message }}
    }} }}"""
    for verb, success in {
        "mute": "UserMuted",
        "unmute": "UserUnmuted",
        "block": "UserBlocked",
        "unblock": "UserUnblocked",
        "updateFollow": "FollowUpdated",
    }.items()
}
MUTE_UNTIL = f"""mutation ($user: ID!, $until: DateTime) {{ mute(input: {{userId: $user, until: $until}}) {{
    __typename ... on UserMuted {{ {SEEN} }} ... on InvalidInput {{ fields {{ field code message }} }}
}} }}"""
UPDATE = f"""mutation ($user: ID!, $reposts: Boolean, $in: Boolean) {{
    updateFollow(input: {{userId: $user, showsReposts: $reposts, isInFeed: $in}}) {{
        __typename ... on FollowUpdated {{ {SEEN} }}
    }}
}}"""
LIST = """query ($first: Int, $after: String) {{ {name}(first: $first, after: $after) {{
    edges {{ cursor node {{ alias mutedUntil mutedByViewer blockedByViewer }} }} pageInfo {{ hasNextPage endCursor }}
}} }}"""
FEED = "{ feed { edges { node { author { alias } } } } }"
NOTHING = {
    "mutedByViewer": False,
    "mutedUntil": None,
    "blockedByViewer": False,
    "blocksViewer": False,
    "followOptions": None,
}
SHOWN = {"showsReposts": True, "isInFeed": True}


async def do(client: Client, someone: Someone, verb: str, user: str) -> Any:
    return (await client(DO[verb], variables={"user": user}, token=someone.token))[verb]


async def seen(client: Client, viewer: Someone | None, alias: str) -> Any:
    query = f"query ($alias: String!) {{ user(alias: $alias) {{ {' '.join(NOTHING)} {{ showsReposts isInFeed }} }} }}"
    return (await client(query, variables={"alias": alias}, token=viewer.token if viewer else None))["user"]


async def feed(client: Client, viewer: Someone) -> list[str]:
    edges = (await client(FEED, token=viewer.token))["feed"]["edges"]
    return [edge["node"]["author"]["alias"] for edge in edges]


@pytest.fixture
async def ann(world: World) -> Someone:
    return await sign_up(world, "ann")


@pytest.fixture
async def bob(world: World, ann: Someone) -> Someone:
    """Bob has a post. Ann and Bob follow each other."""
    bob = await sign_up(world, "bob")
    await world.follow(ann.user, bob.user)
    await world.follow(bob.user, ann.user)
    await world.post(bob.user)
    return bob


async def test_a_mute_hides_posts_at_once_and_nothing_else(client: Client, ann: Someone, bob: Someone) -> None:
    for _ in range(2):  # the second one changes nothing
        muted = await do(client, ann, "mute", bob.id)
        assert muted["__typename"] == "UserMuted"
        assert (muted["user"]["mutedByViewer"], muted["user"]["followedByViewer"]) == (True, True)
        assert await feed(client, ann) == []
    assert await seen(client, ann, "bob") == NOTHING | {"mutedByViewer": True, "followOptions": SHOWN}
    assert await seen(client, bob, "ann") == NOTHING | {"followOptions": SHOWN}, "a mute is nobody else's affair"
    assert await seen(client, None, "bob") == NOTHING
    for _ in range(2):
        unmuted = await do(client, ann, "unmute", bob.id)
        assert unmuted["__typename"] == "UserUnmuted"
        assert not unmuted["user"]["mutedByViewer"]
        assert await feed(client, ann) == ["bob"]


async def test_to_mute_again_replaces_the_end(client: Client, ann: Someone, bob: Someone) -> None:
    now = datetime.now(UTC)
    for until in (now + timedelta(days=1), None, now + timedelta(days=36_500)):
        told = None if until is None else write_instant(until)
        muted = await client(MUTE_UNTIL, variables={"user": bob.id, "until": told}, token=ann.token)
        assert (muted["mute"]["user"]["mutedByViewer"], muted["mute"]["user"]["mutedUntil"]) == (True, told)


@pytest.mark.parametrize("days", [-1, 0, 36_526, 1_000_000])
async def test_a_mute_that_ends_too_early_or_too_late_is_invalid(
    client: Client, ann: Someone, bob: Someone, days: int
) -> None:
    until = write_instant(datetime.now(UTC) + timedelta(days=days))
    answer = (await client(MUTE_UNTIL, variables={"user": bob.id, "until": until}, token=ann.token))["mute"]
    assert answer["__typename"] == "InvalidInput"
    assert [(field["field"], field["code"]) for field in answer["fields"]] == [("until", "INVALID")]
    assert await seen(client, ann, "bob") == NOTHING | {"followOptions": SHOWN}


@pytest.mark.parametrize(
    "until", ["tomorrow", "", "2040-01-01", "2040-01-01T00:00:00", "9999-12-31T23:59:59-23:59", 5, True, [], {}]
)
async def test_an_end_that_is_no_instant_is_bad_input(
    client: Client, ann: Someone, bob: Someone, until: object
) -> None:
    answer = await client.ask(MUTE_UNTIL, variables={"user": bob.id, "until": until}, token=ann.token)
    assert answer.codes == ["BAD_USER_INPUT"]


async def test_a_block_hides_each_from_the_other_and_ends_both_follows(
    client: Client, world: World, ann: Someone, bob: Someone
) -> None:
    await world.post(ann.user)
    for _ in range(2):  # the second one changes nothing
        blocked = await do(client, ann, "block", bob.id)
        assert blocked["__typename"] == "UserBlocked"
        assert blocked["user"] == NOTHING | {
            "alias": "bob",
            "followerCount": 0,
            "followeeCount": 0,
            "followedByViewer": False,
            "followsViewer": False,
            "blockedByViewer": True,
        }
        assert (await feed(client, ann), await feed(client, bob)) == ([], [])
    assert await seen(client, bob, "ann") == NOTHING | {"blocksViewer": True}
    assert await seen(client, ann, "bob") == NOTHING | {"blockedByViewer": True}
    for follower, followee in ((ann, bob), (bob, ann)):
        refused = await follow(client, follower, followee.id)
        assert refused == {"__typename": "Blocked", "message": "One of the two accounts has blocked the other."}
    assert await world.storage.mongo.collection("follows").count_documents({}) == 0
    for _ in range(2):
        unblocked = await do(client, ann, "unblock", bob.id)
        assert unblocked["__typename"] == "UserUnblocked"
        assert not unblocked["user"]["blockedByViewer"]
        assert not unblocked["user"]["followedByViewer"], "the follows stay ended"
    assert (await follow(client, bob, ann.id))["__typename"] == "Followed"
    assert await feed(client, bob) == ["ann"]


async def test_an_unblock_of_an_account_that_is_not_blocked_ends_no_follow(
    client: Client, ann: Someone, bob: Someone
) -> None:
    assert (await do(client, ann, "unblock", bob.id))["user"]["followedByViewer"]
    assert await feed(client, ann) == ["bob"]


async def test_options_are_changed_one_by_one_and_end_with_the_follow(
    client: Client, ann: Someone, bob: Someone
) -> None:
    async def update(**options: bool | None) -> Any:
        answer = await client(UPDATE, variables={"user": bob.id, **options}, token=ann.token)
        return answer["updateFollow"]["user"]["followOptions"]

    assert await update() == SHOWN
    assert await update(reposts=False) == {"showsReposts": False, "isInFeed": True}
    assert await feed(client, ann) == ["bob"]
    assert await update(**{"in": False, "reposts": None}) == {"showsReposts": False, "isInFeed": False}
    assert await feed(client, ann) == []
    assert await update(**{"in": True}) == {"showsReposts": False, "isInFeed": True}
    assert await feed(client, ann) == ["bob"]
    await unfollow(client, ann, bob.id)
    assert (await do(client, ann, "updateFollow", bob.id))["__typename"] == "NotFollowed"
    await follow(client, ann, bob.id)
    assert (await seen(client, ann, "bob"))["followOptions"] == SHOWN


async def test_what_names_oneself_or_no_account_is_refused(client: Client, world: World, ann: Someone) -> None:
    outcomes = {
        "mute": "CannotMuteSelf",
        "unmute": "UserUnmuted",
        "block": "CannotBlockSelf",
        "unblock": "UserUnblocked",
        "updateFollow": "NotFollowed",
    }
    for verb, outcome in outcomes.items():
        assert (await do(client, ann, verb, ann.id))["__typename"] == outcome
        assert (await do(client, ann, verb, encode(IdKind.USER, 12345)))["__typename"] == "UserNotFound"
    assert await world.storage.mongo.collection("relations").count_documents({}) == 0
    assert not await world.storage.readers.has_relations(ann.user.id)


@pytest.mark.parametrize("verb", DO)
async def test_relations_need_a_viewer_and_the_id_of_a_user(client: Client, world: World, verb: str) -> None:
    ann = await sign_up(world)
    post = post_id(await world.post(ann.user))
    assert (await client.ask(DO[verb], variables={"user": ann.id})).codes == ["UNAUTHENTICATED"]
    for wrong in (post, "nonsense", ""):
        answer = await client.ask(DO[verb], variables={"user": wrong}, token=ann.token)
        assert answer.codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize(
    ("name", "verb", "undo"), [("mutedUsers", "mute", "unmute"), ("blockedUsers", "block", "unblock")]
)
async def test_lists_are_the_viewers_own_and_have_the_latest_first(
    client: Client, world: World, name: str, verb: str, undo: str
) -> None:
    ann, eve, *others = [await sign_up(world, alias) for alias in ("ann", "eve", "b", "c", "d")]
    for other in others:
        await do(client, ann, verb, other.id)
    await do(client, others[0], verb, ann.id)
    query = LIST.format(name=name)
    first = (await client(query, variables={"first": 2}, token=ann.token))[name]
    assert [edge["node"]["alias"] for edge in first["edges"]] == ["d", "c"]
    flags = [(edge["node"]["mutedByViewer"], edge["node"]["blockedByViewer"]) for edge in first["edges"]]
    assert flags == [(verb == "mute", verb == "block")] * 2
    assert first["pageInfo"]["hasNextPage"]
    assert first["pageInfo"]["endCursor"] == first["edges"][-1]["cursor"]
    await do(client, ann, undo, others[1].id)  # the account of the cursor
    after = {"first": 2, "after": first["pageInfo"]["endCursor"]}
    second = (await client(query, variables=after, token=ann.token))[name]
    assert [edge["node"]["alias"] for edge in second["edges"]] == ["b"]
    assert not second["pageInfo"]["hasNextPage"]
    assert (await client(query, token=eve.token))[name]["edges"] == []
    wrong = await client.ask(query, variables={"after": encode(IdKind.FOLLOW_CURSOR, 5)}, token=ann.token)
    assert wrong.codes == ["BAD_USER_INPUT"]


async def test_several_changes_in_one_request_each_return_their_result(
    client: Client, ann: Someone, bob: Someone
) -> None:
    flags = "user { mutedByViewer blockedByViewer }"
    query = f"""mutation ($bob: ID!) {{
        one: mute(input: {{userId: $bob}}) {{ ... on UserMuted {{ {flags} }} }}
        two: unmute(input: {{userId: $bob}}) {{ ... on UserUnmuted {{ {flags} }} }}
        three: block(input: {{userId: $bob}}) {{ ... on UserBlocked {{ {flags} }} }}
        four: unblock(input: {{userId: $bob}}) {{ ... on UserUnblocked {{ {flags} }} }}
    }}"""
    done = await client(query, variables={"bob": bob.id}, token=ann.token)
    assert [(*done[name]["user"].values(),) for name in ("one", "two", "three", "four")] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
    ]


async def test_entries_of_both_authors_are_removed_after_a_block(
    storage: Storage, world: World, ann: Someone, bob: Someone
) -> None:
    sent: list[Message] = []
    with services_on(storage, send=sent.append) as services:
        await relations.block(Context(services=services, since=0, viewer=ann.user.id), bob.user.id)
        await relations.block(Context(services=services, since=0, viewer=ann.user.id), bob.user.id)
    pairs = [(ann.user.id, bob.user.id), (bob.user.id, ann.user.id)]
    assert sent == [remove_author_entries(*pair) for pair in pairs]
