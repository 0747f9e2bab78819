"""No value of a variable causes an internal error: the answer is an outcome or a refusal."""

import orjson
import pytest

from tests.client import Client, sign_up
from tests.world import World

STRINGS = {
    "NUL": "a\0b",
    "an operator": '{"$gt": ""}',
    "a dollar": "$where",
    "right to left": "\u202eabc\u2066",
    "a non-character": "\uffff\U0010ffff",
    "quotes": "'\"`;--\\",
    "a format": "%s{0}${x}",
    "newlines": "\r\n\u2028",
    "marks": "a" + "\u0301" * 5_000,
    "half a megabyte": "x" * 2**19,
    "half a megabyte of spaces": " " * 2**19,
    "a base64 of something": "dXNlcg==",
    "a base64 in Cyrillic": "ЫЫЫЫ",
}

OPERATIONS = {
    "user": "query ($x: String!) { user(alias: $x) { id } }",
    "post": "query ($x: ID!) { post(id: $x) { id } }",
    "node": "query ($x: ID!) { node(id: $x) { id } }",
    "nodes": "query ($x: ID!) { nodes(ids: [$x, $x]) { id } }",
    "feed": "query ($x: String) { feed(after: $x) { edges { cursor } } }",
    "story": "query ($x: String) { viewer { story(after: $x) { edges { cursor } } } }",
    "followers": "query ($x: String) { viewer { followers(after: $x) { edges { cursor } } } }",
    "followees": "query ($x: String) { viewer { followees(after: $x) { edges { cursor } } } }",
    "searchUsers": "query ($x: String!) { searchUsers(query: $x) { edges { cursor } } }",
    "a page of searchUsers": 'query ($x: String) { searchUsers(query: "a", after: $x) { edges { cursor } } }',
    "register": """mutation ($x: String!) { register(input: {alias: $x, firstName: $x, lastName: $x, password: $x}) {
        ... on Error { message } } }""",
    "login": "mutation ($x: String!) { login(input: {alias: $x, password: $x}) { ... on Error { message } } }",
    "password": 'mutation ($x: String!) { login(input: {alias: "ann", password: $x}) { ... on Error { message } } }',
    "updateProfile": """mutation ($x: String) { updateProfile(input: {firstName: $x, lastName: $x}) {
        ... on ProfileUpdated { user { firstName lastName } } ... on Error { message } } }""",
    "createPost": """mutation ($x: String!) { createPost(input: {text: $x}) {
        ... on PostCreated { post { text segments { text } } } ... on Error { message } } }""",
    "deletePost": "mutation ($x: ID!) { deletePost(input: {id: $x}) { __typename } }",
    "follow": "mutation ($x: ID!) { follow(input: {userId: $x}) { __typename } }",
    "unfollow": "mutation ($x: ID!) { unfollow(input: {userId: $x}) { __typename } }",
}


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_no_string_causes_an_internal_error(client: Client, world: World, operation: str) -> None:
    ann = await sign_up(world, "ann")
    for text in STRINGS.values():
        answer = await client.ask(OPERATIONS[operation], variables={"x": text}, token=ann.token)
        assert answer.status == 200
        assert set(answer.codes) <= {"BAD_USER_INPUT"}, text[:100]


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_no_lone_surrogate_causes_an_internal_error(client: Client, world: World, operation: str) -> None:
    ann = await sign_up(world, "ann")
    escaped = orjson.dumps({"query": OPERATIONS[operation], "variables": {"x": "SURROGATE"}})
    for surrogate in (rb"\ud800", rb"\udfff", rb"a\udc00b"):
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {ann.token}"}
        body = escaped.replace(b"SURROGATE", surrogate)
        response = await client.http.post("/graphql", content=body, headers=headers)
        assert response.status_code == 400
        assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "literal", [r'"\uD800"', r'"\u{D800}"', r'"\u0000"', '"\u202e"', '"""\\u0000"""', r'"\uDC00\uD800"']
)
async def test_no_literal_in_a_query_causes_an_internal_error(client: Client, literal: str) -> None:
    answer = await client.ask(f"{{ user(alias: {literal}) {{ id }} node(id: {literal}) {{ id }} }}")
    assert set(answer.codes) <= {"BAD_USER_INPUT", "GRAPHQL_PARSE_FAILED"}


@pytest.mark.parametrize(
    "query",
    [
        "{ viewer " * 5_000 + "}" * 5_000,
        "{" * 50_000,
        "{ user(alias: " + "[" * 50_000 + "]" * 50_000 + ") { id } }",
        "query ($x: " + "[" * 20_000 + "Int" + "]" * 20_000 + ") { viewer { id } }",
        "{ " + " ".join(f"a{number}: __typename" for number in range(2_000)) + " }",
    ],
    ids=["selections", "braces", "lists", "types", "aliases"],
)
async def test_no_depth_or_length_of_a_query_causes_an_internal_error(client: Client, query: str) -> None:
    answer = await client.ask(query)
    assert set(answer.codes) <= {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"}


@pytest.mark.parametrize("token", ["\u00e9", "x" * 20_000, '{"$gt":""}', "a\tb", "..", "\x7f"])
async def test_no_token_causes_an_internal_error(client: Client, token: str) -> None:
    headers = {b"Authorization": b"Bearer " + token.encode("latin-1")}
    response = await client.http.post("/graphql", json={"query": "{ viewer { id } }"}, headers=headers)
    assert response.json() == {"data": {"viewer": None}}
    response = await client.http.post("/graphql", json={"query": "mutation { logout }"}, headers=headers)
    assert response.json() == {"data": {"logout": False}}


@pytest.mark.parametrize("name", ["İaaa", "İ", "İ" * 7, "ſ", "ß" * 4, "tex", "", "\0"])
async def test_no_name_in_a_variable_causes_an_internal_error(client: Client, world: World, name: str) -> None:
    """Names of fields of inputs, and of values of enumerations."""
    ann = await sign_up(world, "ann")
    field = "mutation ($x: CreatePostInput!) { createPost(input: $x) { __typename } }"
    value = "query ($x: [StoryKind!]) { viewer { story(shows: $x) { edges { cursor } } } }"
    for operation, wrong in ((field, {"text": "hello", name: name}), (value, [name])):
        answer = await client.ask(operation, variables={"x": wrong}, token=ann.token)
        assert answer.codes == ["BAD_USER_INPUT"]
        assert "list assignment" not in str(answer.errors)


async def test_a_variable_of_the_wrong_shape_is_bad_input(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    for operation in OPERATIONS.values():
        for wrong in ({"$gt": ""}, ["a", "b"], {"x": {"y": ["z"] * 100}}):
            answer = await client.ask(operation, variables={"x": wrong}, token=ann.token)
            assert answer.codes == ["BAD_USER_INPUT"]
