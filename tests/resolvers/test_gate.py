"""Whatever names a post passes one gate: a block closes each of these ways in both directions, and a mute none."""

from typing import Any

import pytest

from domain.relations import RelationKind
from tests.client import Client, Someone, post_id, sign_up
from tests.conversations import block, relate, unrelate
from tests.world import World

BY_NAME = {
    "post": '{ post(id: "POST") { text } }',
    "node": '{ node(id: "POST") { ... on Post { text } } }',
    "nodes": '{ nodes(ids: ["POST"]) { ... on Post { text } } }',
    "story": '{ node(id: "USER") { ... on User { story { edges { node { text } } } } } }',
    "story with reposts": """{ node(id: "USER") { ... on User {
        story(shows: [POST, REPLY, REPOST]) { edges { node { text } } } } } }""",
    "reply": """mutation { createPost(input: {text: "mine", replyTo: "POST"}) {
        ... on PostCreated { post { inReplyTo { text } } } } }""",
    "quote": """mutation { createPost(input: {text: "mine", quote: "POST"}) {
        ... on PostCreated { post { quote { post { text } } } } } }""",
}
BESIDE = {  # other posts stand beside it: these are what comes unasked
    "in reply to": '{ post(id: "REPLY") { inReplyTo { text } } }',
    "ancestors": '{ post(id: "REPLY") { ancestors { post { text } } } }',
    "quoted": '{ post(id: "REPLY") { quote { post { text } } } }',
    "replies": '{ post(id: "FIRST") { replies { edges { node { text } } } } }',
    "quotes": '{ post(id: "FIRST") { quotes { edges { node { text } } } } }',
}
TEXT = "said by ann"


async def shows(client: Client, document: str, ids: dict[str, str], viewer: Someone | None) -> bool:
    for name, id in ids.items():
        document = document.replace(f'"{name}"', f'"{id}"')
    answer: Any = await client.ask(document, token=viewer.token if viewer else None)
    return TEXT in str(answer.data)


async def make_thread(world: World, ann: Someone) -> dict[str, str]:
    cat = await world.make_user()
    first = await world.post(cat, "first")
    post = await world.post(ann.user, TEXT, reply_to=first, quote=first)
    reply = await world.post(cat, "reply", reply_to=post, quote=post)
    return {"FIRST": post_id(first), "POST": post_id(post), "REPLY": post_id(reply), "USER": ann.id}


@pytest.mark.parametrize("way", BY_NAME | BESIDE)
async def test_a_block_closes_every_way_for_both_and_for_no_other(client: Client, world: World, way: str) -> None:
    ann, bob, eve = [await sign_up(world) for _ in range(3)]
    ids = await make_thread(world, ann)
    document = (BY_NAME | BESIDE)[way]
    assert await shows(client, document, ids, bob)
    await block(world.storage, ann.user, bob.user)
    assert not await shows(client, document, ids, bob)
    assert await shows(client, document, ids, eve)
    assert await shows(client, document, ids, ann)
    assert await shows(client, document, ids, None) == (way not in ("reply", "quote"))
    await unrelate(world.storage, bob.user, ann.user)
    await block(world.storage, bob.user, ann.user)
    assert not await shows(client, document, ids, bob)


@pytest.mark.parametrize("way", [way for way in BY_NAME | BESIDE if way not in ("reply", "quote")])
async def test_a_mute_hides_what_comes_unasked_and_not_what_is_named(client: Client, world: World, way: str) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    ids = await make_thread(world, ann)
    await relate(world.storage, bob.user, ann.user, RelationKind.MUTE)
    assert await shows(client, (BY_NAME | BESIDE)[way], ids, bob) == (way in BY_NAME)


async def test_a_relation_is_taken_back_at_once(client: Client, world: World) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    ids = await make_thread(world, ann)
    await block(world.storage, ann.user, bob.user)
    assert not await shows(client, BY_NAME["post"], ids, bob)
    await unrelate(world.storage, bob.user, ann.user)
    assert await shows(client, BY_NAME["post"], ids, bob)


async def test_a_request_does_not_show_what_it_has_deleted(client: Client, world: World) -> None:
    ann = await sign_up(world)
    parent = await world.post(ann.user, TEXT)
    document = """mutation ($parent: ID!) {
        first: createPost(input: {text: "1", replyTo: $parent, idempotencyKey: "1"}) { ...Reply }
        deletePost(input: {id: $parent}) { __typename }
        again: createPost(input: {text: "1", replyTo: $parent, idempotencyKey: "1"}) { ...Reply }
    }
    fragment Reply on PostCreated { post { inReplyTo { text } } }"""
    answer = await client(document, variables={"parent": post_id(parent)}, token=ann.token)
    assert [answer[name]["post"]["inReplyTo"] for name in ("first", "again")] == [{"text": TEXT}, None]
