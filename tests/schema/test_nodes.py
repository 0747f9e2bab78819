"""Objects are found by their ids."""

import pytest
from graphql import GraphQLInputObjectType, GraphQLInputType, GraphQLInterfaceType, GraphQLObjectType

from schema import schema
from schema.global_ids import IdKind, encode
from tests.client import Client, post_id, sign_up, user_id
from tests.world import World

NODE = """query ($id: ID!) { node(id: $id) {
    __typename id ... on User { alias } ... on Post { text author { alias } }
} }"""
NODES = """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Post { author { alias } } } }"""


async def test_a_user_and_a_post_are_found_again(client: Client, world: World) -> None:
    ann = await world.make_user("ann")
    post = await world.post(ann, "hello")
    assert (await client(NODE, variables={"id": user_id(ann)}))["node"] == {
        "__typename": "User",
        "id": user_id(ann),
        "alias": "ann",
    }
    assert (await client(NODE, variables={"id": post_id(post)}))["node"] == {
        "__typename": "Post",
        "id": post_id(post),
        "text": "hello",
        "author": {"alias": "ann"},
    }


@pytest.mark.parametrize("kind", [IdKind.USER, IdKind.POST])
async def test_a_missing_node_is_null(client: Client, kind: IdKind) -> None:
    assert await client(NODE, variables={"id": encode(kind, 12345)}) == {"node": None}


async def test_nodes_are_returned_in_the_requested_order(client: Client, world: World) -> None:
    ann, bob = await world.make_user("ann"), await world.make_user("bob")
    post = post_id(await world.post(bob))
    ids = [post, user_id(ann), encode(IdKind.POST, 5), user_id(bob), post]
    found = (await client(NODES, variables={"ids": ids}))["nodes"]
    assert [node and node["id"] for node in found] == [post, user_id(ann), None, user_id(bob), post]
    assert found[0]["author"] == {"alias": "bob"}
    assert await client(NODES, variables={"ids": []}) == {"nodes": []}


async def test_at_most_a_hundred_nodes_can_be_requested(client: Client) -> None:
    ids = [encode(IdKind.USER, number) for number in range(101)]
    assert await client(NODES, variables={"ids": ids[:100]}) == {"nodes": [None] * 100}
    assert (await client.ask(NODES, variables={"ids": ids})).codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("id", ["", "x", encode(IdKind.POST_CURSOR, 5), encode(IdKind.FOLLOW_CURSOR, 5), "VXNlcjox"])
async def test_a_text_that_is_not_a_node_id_is_bad_input(client: Client, id: str) -> None:
    assert (await client.ask(NODE, variables={"id": id})).codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize(
    "id",
    [
        *("", "x", "\0", "é" * 500, "VXNlcjox", encode(IdKind.POST_CURSOR, 5), encode(IdKind.FOLLOW_CURSOR, 5)),
        *(encode(IdKind.SESSION, 5), encode(IdKind.SEARCH_CURSOR, 5, 6), encode(IdKind.USER, 12345)),
    ],
)
async def test_a_bad_id_among_many_gives_one_null(client: Client, world: World, id: str) -> None:
    """There is no error, as for a missing node, because clients drop a whole answer with an error."""
    ann = await world.make_user("ann")
    post = post_id(await world.post(ann))
    ids = [id, user_id(ann), id, post, id]
    found = (await client(NODES, variables={"ids": ids}))["nodes"]
    assert [node and node["id"] for node in found] == [None, user_id(ann), None, post, None]
    assert await client(NODES, variables={"ids": [id]}) == {"nodes": [None]}


def test_every_list_argument_has_a_test_of_a_wrong_item() -> None:
    """A new list of ids in an argument or an input needs a test of one wrong item, and then a line here."""
    found = set()
    for name, kind in schema._schema.type_map.items():
        if isinstance(kind, GraphQLInputObjectType):
            found |= {f"{name}.{path}" for path, field in kind.fields.items() if has_list(field.type)}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__"):
            arguments = ((f"{name}.{path}", field.args) for path, field in kind.fields.items())
            found |= {
                f"{path}({arg})" for path, args in arguments for arg, given in args.items() if has_list(given.type)
            }
    assert found == {
        "CreatePostInput.media",  # tests/resolvers/test_media.py
        "Query.nodes(ids)",
        "Query.notifications(kinds)",
        "Query.taggedPosts(tags)",
        "User.story(shows)",
    }


async def test_of_the_kinds_of_a_story_one_that_is_none_is_refused(client: Client, world: World) -> None:
    await world.make_user("ann")
    query = """query ($shows: [StoryKind!]! = [POST]) { user(alias: "ann") {
        story(shows: $shows) { edges { cursor } } } }"""
    for wrong in (["POST", "NEWS"], ["POST", None], ["POST", 1], None):
        answer = await client.ask(query, variables={"shows": wrong})
        assert answer.codes == ["BAD_USER_INPUT"]
    written = await client.ask('{ user(alias: "ann") { story(shows: [POST, NEWS]) { edges { cursor } } } }')
    assert written.codes == ["GRAPHQL_VALIDATION_FAILED"]


def has_list(kind: GraphQLInputType) -> bool:
    return "[" in str(kind)


async def test_the_author_is_loaded_for_every_form_of_selection(client: Client, world: World) -> None:
    """Authors are loaded only if they are selected, which includes aliases, fragments and directives."""
    ann = await sign_up(world, "ann")
    await world.follow(ann.user, bob := await world.make_user("bob"))
    post = post_id(await world.post(bob))
    query = """
        query ($id: ID!, $yes: Boolean!) {
            post(id: $id) { writer: author { alias } }
            node(id: $id) { ...Deep }
            nodes(ids: [$id]) { ... on Node { ... on Post { author @include(if: $yes) { alias } } } }
            feed { edges { ...Edge } }
            again: feed { edges { node { id } } edges { node { author { alias } } } }
            user(alias: "bob") { story { edges { node { by: author { alias } } } } }
        }
        fragment Deep on Post { ...Deeper }
        fragment Deeper on Post { author { alias } }
        fragment Edge on PostEdge { node { ... @skip(if: false) { author { alias } } } }
    """
    bob_only = {"alias": "bob"}
    assert await client(query, variables={"id": post, "yes": True}, token=ann.token) == {
        "post": {"writer": bob_only},
        "node": {"author": bob_only},
        "nodes": [{"author": bob_only}],
        "feed": {"edges": [{"node": {"author": bob_only}}]},
        "again": {"edges": [{"node": {"id": post, "author": bob_only}}]},
        "user": {"story": {"edges": [{"node": {"by": bob_only}}]}},
    }


async def test_viewer_relations_of_accounts_are_correct(client: Client, world: World) -> None:
    ann, bob, eve = [await sign_up(world, alias) for alias in ("ann", "bob", "eve")]
    await world.follow(ann.user, bob.user)
    await world.follow(eve.user, ann.user)
    query = """query ($ids: [ID!]!) { viewer { alias } nodes(ids: $ids) { ... on User {
        alias isViewer followedByViewer followsViewer followerCount followeeCount
    } } }"""
    variables = {"ids": [ann.id, bob.id, eve.id]}

    found = await client(query, variables=variables, token=ann.token)
    assert found["viewer"] == {"alias": "ann"}
    assert [tuple(node.values()) for node in found["nodes"]] == [
        ("ann", True, False, False, 1, 1),
        ("bob", False, True, False, 1, 0),
        ("eve", False, False, True, 0, 1),
    ]
    anonymous = await client(query, variables=variables)
    assert anonymous["viewer"] is None
    assert [tuple(node.values())[1:4] for node in anonymous["nodes"]] == [(False, False, False)] * 3


async def test_aliases_are_looked_up_case_insensitively(client: Client, world: World) -> None:
    await world.make_user("Ann")
    query = "query ($alias: String!) { user(alias: $alias) { alias } }"
    assert await client(query, variables={"alias": "aNN"}) == {"user": {"alias": "Ann"}}
    assert await client(query, variables={"alias": "@ann"}) == {"user": None}
    assert await client(query, variables={"alias": ""}) == {"user": None}
