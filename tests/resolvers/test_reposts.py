"""Reposting, taking a repost back, and who has reposted a post."""

from typing import Any

import pytest

from domain.relations import RelationKind
from schema.global_ids import IdKind, encode
from storage import Storage
from storage.mongo import Document
from tests.client import Client, Someone, post_id, running, sign_up, until_ready
from tests.conftest import settings_of
from tests.waiting import bounded
from tests.world import World

REPOST = """mutation ($id: ID!) { repost(input: {postId: $id}) {
    __typename
    ... on Reposted { post { id text repostedByViewer author { alias } reposts { totalCount } } }
    ... on Error { message }
} }"""
UNDO = """mutation ($id: ID!) { undoRepost(input: {postId: $id}) {
    __typename
    ... on RepostUndone { post { id repostedByViewer } }
    ... on Error { message }
} }"""
REPOSTS = """query ($id: ID!, $first: Int, $after: String) { post(id: $id) {
    reposts(first: $first, after: $after) {
        totalCount
        edges { cursor repostedAt node { alias } }
        pageInfo { hasNextPage hasPreviousPage endCursor }
    }
} }"""
FEED = "{ feed { edges { cursor node { id text repostedByViewer } repost { createdAt user { alias } } } } }"
BLOCKED = {"__typename": "Blocked", "message": "One of the two accounts has blocked the other."}
NOT_FOUND = {"__typename": "PostNotFound", "message": "There is no such post."}


async def repost(client: Client, someone: Someone, post: str) -> Any:
    return (await client(REPOST, variables={"id": post}, token=someone.token))["repost"]


async def undo(client: Client, someone: Someone, post: str) -> Any:
    return (await client(UNDO, variables={"id": post}, token=someone.token))["undoRepost"]


async def stored(world: World) -> list[Document]:
    found = world.storage.mongo.collection("posts").find({"repost_of": {"$exists": True}}).sort("_id", 1)
    return [repost async for repost in found]


async def relate(world: World, reader: Someone, other: Someone, kind: RelationKind) -> None:
    relation = {"_id": world.storage.users.draw_id(), "reader": reader.user.id, "other": other.user.id}
    await world.storage.mongo.collection("relations").insert_one({**relation, "kind": kind.value})
    await world.storage.mongo.collection("users").update_one({"_id": reader.user.id}, {"$set": {"has_relations": True}})


async def test_a_repost_stands_in_the_followers_feeds_at_once(client: Client, world: World) -> None:
    ann, bob, eve = [await sign_up(world, alias) for alias in ("ann", "bob", "eve")]
    await world.follow(eve.user, bob.user)
    post = post_id(await world.post(ann.user, "by Ann"))

    reposted = await repost(client, bob, post)

    assert reposted["post"] == {
        "id": post,
        "text": "by Ann",
        "repostedByViewer": True,
        "author": {"alias": "ann"},
        "reposts": {"totalCount": 1},
    }
    (edge,) = (await client(FEED, token=eve.token))["feed"]["edges"]
    (document,) = await stored(world)
    assert edge["node"] == {"id": post, "text": "by Ann", "repostedByViewer": False}
    assert edge["repost"]["user"] == {"alias": "bob"}
    assert edge["cursor"] == encode(IdKind.POST_CURSOR, document["_id"])
    assert (await undo(client, bob, post)) == {
        "__typename": "RepostUndone",
        "post": {"id": post, "repostedByViewer": False},
    }
    assert (await client(FEED, token=eve.token))["feed"]["edges"] == []


async def test_doing_again_what_is_done_changes_nothing(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    post = post_id(await world.post(ann.user))
    for _ in range(2):
        assert (await repost(client, ann, post))["post"]["reposts"] == {"totalCount": 1}, "one's own may be reposted"
    first = await stored(world)
    assert len(first) == 1
    for _ in range(2):
        assert (await undo(client, ann, post))["post"] == {"id": post, "repostedByViewer": False}
    assert await stored(world) == []


async def test_a_post_that_does_not_exist_is_not_found(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    gone = encode(IdKind.POST, 12345)
    assert await repost(client, ann, gone) == NOT_FOUND
    assert await undo(client, ann, gone) == NOT_FOUND
    assert await stored(world) == []


async def test_a_repost_of_a_post_that_is_gone_can_be_undone_once(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    post = await world.post(ann.user)
    await repost(client, bob, post_id(post))
    await world.storage.posts.delete_post(post.id, author=ann.user.id)
    assert await undo(client, bob, post_id(post)) == {"__typename": "RepostUndone", "post": None}
    assert await undo(client, bob, post_id(post)) == NOT_FOUND


@pytest.mark.parametrize("kind", [RelationKind.BLOCK, RelationKind.BLOCKED_BY])
async def test_neither_of_two_accounts_reposts_across_a_block(client: Client, world: World, kind: RelationKind) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    post, before = await world.post(ann.user), await world.post(ann.user)
    await repost(client, bob, post_id(before))
    await relate(world, bob, ann, kind)
    assert await repost(client, bob, post_id(post)) == BLOCKED
    assert [document["repost_of"] for document in await stored(world)] == [before.id]
    assert await undo(client, bob, post_id(before)) == {"__typename": "RepostUndone", "post": None}
    assert await stored(world) == []


async def test_a_muted_accounts_post_may_be_reposted(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    post = await world.post(ann.user)
    await relate(world, bob, ann, RelationKind.MUTE)
    assert (await repost(client, bob, post_id(post)))["__typename"] == "Reposted"


async def test_a_reposts_id_is_no_posts_id(client: Client, world: World) -> None:
    ann, bob = await sign_up(world, "ann"), await sign_up(world, "bob")
    await repost(client, bob, post_id(await world.post(ann.user)))
    (document,) = await stored(world)
    id = encode(IdKind.POST, document["_id"])
    assert await client(f'{{ post(id: "{id}") {{ id }} node(id: "{id}") {{ id }} nodes(ids: ["{id}"]) {{ id }} }}') == {
        "post": None,
        "node": None,
        "nodes": [None],
    }
    assert await repost(client, bob, id) == NOT_FOUND
    assert await undo(client, bob, id) == NOT_FOUND
    deleted = await client(f'mutation {{ deletePost(input: {{id: "{id}"}}) {{ __typename }} }}', token=bob.token)
    assert deleted == {"deletePost": {"__typename": "PostNotFound"}}
    assert await stored(world) == [document]


async def test_reposters_are_paged_and_hidden_ones_left_out_but_counted(client: Client, world: World) -> None:
    ann, bob, cem, dan, eve = [await sign_up(world, alias) for alias in ("ann", "bob", "cem", "dan", "eve")]
    post = post_id(await world.post(ann.user))
    for someone in (bob, cem, dan, eve):
        await repost(client, someone, post)
    await relate(world, ann, cem, RelationKind.MUTE)
    await relate(world, ann, dan, RelationKind.BLOCKED_BY)
    for token, expected in ((ann.token, ["eve", "bob"]), (None, ["eve", "dan", "cem", "bob"])):
        read: list[str] = []
        after = None
        for _ in bounded():
            page = (await client(REPOSTS, variables={"id": post, "first": 1, "after": after}, token=token))["post"]
            assert page["reposts"]["totalCount"] == 4
            assert page["reposts"]["pageInfo"]["hasPreviousPage"] is (after is not None)
            read += [edge["node"]["alias"] for edge in page["reposts"]["edges"]]
            after = page["reposts"]["pageInfo"]["endCursor"]
            if not page["reposts"]["pageInfo"]["hasNextPage"]:
                break
        assert read == expected


@pytest.mark.parametrize("after", [encode(IdKind.POST_CURSOR, 5), encode(IdKind.POST, 5), "?"])
async def test_a_cursor_of_another_list_is_refused(client: Client, world: World, after: str) -> None:
    post = post_id(await world.post(await world.make_user()))
    answer = await client.ask(REPOSTS, variables={"id": post, "after": after})
    assert answer.codes == ["BAD_USER_INPUT"]


async def test_one_request_may_repost_and_undo_in_turn(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    post = post_id(await world.post(ann.user))
    both = await client(
        """mutation ($id: ID!) {
            a: repost(input: {postId: $id}) { ... on Reposted { post { repostedByViewer } } }
            b: undoRepost(input: {postId: $id}) { ... on RepostUndone { post { repostedByViewer } } }
            c: repost(input: {postId: $id}) { ... on Reposted { post { repostedByViewer } } }
        }""",
        variables={"id": post},
        token=ann.token,
    )
    assert [both[name]["post"]["repostedByViewer"] for name in "abc"] == [True, False, True]


async def test_only_reposts_need_the_migration(mongodb_url: str, redis_url: str, storage: Storage) -> None:
    database = "before_the_migration"
    meta = storage.mongo.database.client[database]["meta"]
    served = settings_of(mongodb_url, redis_url, database)
    async with running(served) as http:
        await until_ready(http)
        client = Client(http)
        registered = await client(
            'mutation { register(input: {alias: "ann", firstName: "A", lastName: "B", password: "tweeter-demo"}) '
            "{ ... on Session { token } } }"
        )
        token = registered["register"]["token"]
        await meta.delete_many({})  # as if the version before had made the database
        created = await client(
            'mutation { createPost(input: {text: "hi"}) { ... on PostCreated { post { id } } } }', token=token
        )
        post = created["createPost"]["post"]["id"]
        refused = await client.ask(REPOST, variables={"id": post}, token=token)
        assert refused.codes == ["NEEDS_MIGRATION"]
        assert "`tweeter migrate`" in refused.errors[0]["message"]
        assert (await client(UNDO, variables={"id": post}, token=token))["undoRepost"]["__typename"] == "RepostUndone"

        await meta.insert_one({"_id": "data", "version": 2})

        assert (await client(REPOST, variables={"id": post}, token=token))["repost"]["__typename"] == "Reposted"
    await storage.mongo.database.client.drop_database(database)
