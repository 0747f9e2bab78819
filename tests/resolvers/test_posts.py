"""Creating, deleting and reading posts."""

from typing import Any

import pytest

from schema.global_ids import IdKind, encode
from tasks import messages
from tests.client import Client, Someone, post_id, sign_up, user_id
from tests.world import World

CREATE = """mutation ($text: String!) {
    createPost(input: {text: $text}) {
        __typename
        ... on PostCreated {
            post {
                id text createdAt author { alias isViewer }
                segments { kind text alias url }
                delivery { state targets delivered completedAt }
            }
        }
        ... on InvalidInput { message fields { field message } }
    }
}"""
DELETE = """mutation ($id: ID!) {
    deletePost(input: {id: $id}) { __typename ... on PostDeleted { id deletedPostId } ... on PostNotFound { message } }
}"""
POST = "query ($id: ID!) { post(id: $id) { id text delivery { state targets delivered completedAt } } }"
STORY = """query ($alias: String!, $first: Int, $after: String) {
    user(alias: $alias) { story(first: $first, after: $after) {
        edges { cursor node { id text } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }
}"""


async def create(client: Client, author: Someone, text: str) -> Any:
    return (await client(CREATE, variables={"text": text}, token=author.token))["createPost"]


async def delete(client: Client, someone: Someone, post: str) -> Any:
    return (await client(DELETE, variables={"id": post}, token=someone.token))["deletePost"]


async def story(client: Client, alias: str, **arguments: Any) -> Any:
    return (await client(STORY, variables={"alias": alias, **arguments}))["user"]["story"]


async def test_a_new_post_is_in_flight_and_cut_into_segments(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    post = (await create(client, ann, "hi @Bob, see https://a.bc or example.org."))["post"]
    assert post["author"] == {"alias": "ann", "isViewer": True}
    assert post["createdAt"].endswith("Z")
    assert post["segments"] == [
        {"kind": "TEXT", "text": "hi ", "alias": None, "url": None},
        {"kind": "MENTION", "text": "@Bob", "alias": "Bob", "url": None},
        {"kind": "TEXT", "text": ", see ", "alias": None, "url": None},
        {"kind": "LINK", "text": "https://a.bc", "alias": None, "url": "https://a.bc"},
        {"kind": "TEXT", "text": " or ", "alias": None, "url": None},
        {"kind": "LINK", "text": "example.org", "alias": None, "url": "https://example.org"},
        {"kind": "TEXT", "text": ".", "alias": None, "url": None},
    ]
    assert post["delivery"] == {"state": "IN_FLIGHT", "targets": 0, "delivered": 0, "completedAt": None}
    stored = await world.storage.mongo.collection("posts").find_one({})
    assert stored is not None
    assert encode(IdKind.POST, stored["_id"]) == post["id"]


@pytest.mark.parametrize("text", ["  kept as it is \n", "👨‍👩‍👧‍👦" * 280, "\u202eolleh", "<script>alert(1)</script>"])
async def test_a_text_within_the_limits_comes_back_unchanged(client: Client, world: World, text: str) -> None:
    post = (await create(client, await sign_up(world), text))["post"]
    assert post["text"] == text
    assert "".join(part["text"] for part in post["segments"]) == text


@pytest.mark.parametrize("text", ["", " \n ", "x" * 281, "👨‍👩‍👧‍👦" * 281, "a\0b", "e" + "\u0301" * 10_000])
async def test_a_text_beyond_the_limits_is_refused(client: Client, world: World, text: str) -> None:
    refused = await create(client, await sign_up(world), text)
    assert refused["__typename"] == "InvalidInput"
    assert [error["field"] for error in refused["fields"]] == ["text"]
    assert await world.storage.mongo.collection("posts").count_documents({}) == 0


async def test_only_the_author_sees_the_delivery(client: Client, world: World) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    await world.follow(bob.user, ann.user, push_from=0)
    post = await world.post(ann.user)
    variables = {"id": post_id(post)}
    await world.run_all([messages.start_fan_out(post.id)])

    delivery = (await client(POST, variables=variables, token=ann.token))["post"]["delivery"]

    assert delivery.pop("completedAt").endswith("Z")
    assert delivery == {"state": "COMPLETE", "targets": 1, "delivered": 1}
    for token in (bob.token, None):
        assert (await client(POST, variables=variables, token=token))["post"]["delivery"] is None


async def test_only_its_author_deletes_a_post(client: Client, world: World) -> None:
    ann, bob = await sign_up(world), await sign_up(world)
    post = post_id(await world.post(ann.user))

    assert (await delete(client, bob, post))["__typename"] == "PostNotFound"
    assert (await client(POST, variables={"id": post}))["post"]["id"] == post
    assert await delete(client, ann, post) == {"__typename": "PostDeleted", "id": post, "deletedPostId": post}
    assert (await client(POST, variables={"id": post}))["post"] is None
    assert (await delete(client, ann, post))["__typename"] == "PostNotFound"


@pytest.mark.parametrize("query", [POST, DELETE])
async def test_an_id_of_another_type_is_bad_input(client: Client, world: World, query: str) -> None:
    ann = await sign_up(world)
    for wrong in (ann.id, encode(IdKind.POST_CURSOR, 5), "", "nonsense", ann.id + "="):
        answer = await client.ask(query, variables={"id": wrong}, token=ann.token)
        assert answer.codes == ["BAD_USER_INPUT"]


async def test_posting_and_deleting_need_a_viewer(client: Client, world: World) -> None:
    post = await world.post(await world.make_user())
    assert (await client.ask(CREATE, variables={"text": "hi"})).codes == ["UNAUTHENTICATED"]
    assert (await client.ask(DELETE, variables={"id": post_id(post)})).codes == ["UNAUTHENTICATED"]
    assert await world.storage.mongo.collection("posts").count_documents({}) == 1


async def test_a_story_is_paged_by_its_cursors(client: Client, world: World) -> None:
    ann = await world.make_user("ann")
    posts = [post_id(await world.post(ann)) for _ in range(5)]

    first = await story(client, "ANN", first=2)
    assert [edge["node"]["id"] for edge in first["edges"]] == posts[:2:-1]
    assert first["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": first["edges"][0]["cursor"],
        "endCursor": first["edges"][1]["cursor"],
    }
    second = await story(client, "ann", first=3, after=first["pageInfo"]["endCursor"])
    assert [edge["node"]["id"] for edge in second["edges"]] == posts[2::-1]
    assert (second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)
    beyond = await story(client, "ann", after=second["pageInfo"]["endCursor"])
    assert beyond["edges"] == []
    assert (beyond["pageInfo"]["startCursor"], beyond["pageInfo"]["endCursor"]) == (None, None)


async def test_without_a_page_size_there_are_twenty(client: Client, world: World) -> None:
    ann = await world.make_user("ann")
    for _ in range(21):
        await world.post(ann)
    assert len((await story(client, "ann"))["edges"]) == 20
    assert len((await story(client, "ann", first=None))["edges"]) == 20
    assert len((await story(client, "ann", first=100))["edges"]) == 21
    assert (await client('{ user(alias: "ann") { id } }'))["user"]["id"] == user_id(ann)
