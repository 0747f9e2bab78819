"""Every error has a code, and unexpected errors reveal nothing."""

from typing import Any

import pytest

from tests.client import Client, sign_up
from tests.world import World

FIRST = 'query ($first: Int) { user(alias: "ann") { story(first: $first) { edges { cursor } } } }'


@pytest.mark.parametrize("query", ["{", "{ viewer", "}", "query ($x: ) { viewer }", '{ user(alias: "', "\0", "\u200b{"])
async def test_text_that_is_not_graphql_fails_to_parse(client: Client, query: str) -> None:
    answer = await client.ask(query)
    assert (answer.data, answer.codes) == (None, ["GRAPHQL_PARSE_FAILED"])


@pytest.mark.parametrize(
    "query",
    [
        "{ nonsense }",
        "{ viewer }",
        "{ user { alias } }",
        '{ user(alias: 5, alias: "x") { alias } }',
        '{ user(alias: "x") { story(first: "x") { edges { cursor } } } }',
        '{ user(alias: "x") { story(first: 99999999999) { edges { cursor } } } }',
        "query ($x: String) { user(alias: $x) { alias } }",
        "query ($x: String!) { viewer { alias } }",
        "query One { viewer { ...Loop } } fragment Loop on User { ...Loop }",
        "mutation { createPost { __typename } }",
    ],
)
async def test_a_document_against_the_schema_fails_to_validate(client: Client, query: str) -> None:
    for _ in range(2):  # the second time from the cache
        answer = await client.ask(query)
        assert answer.data is None
        assert set(answer.codes) == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize("first", ["5", 1.5, 2**31, True, [1, 2], {"a": 1}])
async def test_a_variable_of_the_wrong_type_is_bad_input(client: Client, first: Any) -> None:
    answer = await client.ask(FIRST, variables={"first": first})
    assert answer.codes == ["BAD_USER_INPUT"]


async def test_a_missing_variable_is_bad_input(client: Client) -> None:
    answer = await client.ask("query ($alias: String!) { user(alias: $alias) { alias } }")
    assert answer.codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"{",
        b"[]",
        b"null",
        b"5",
        b'"text"',
        b"{}",
        b'{"query": null}',
        b'{"query": ""}',
        b'{"query": 5}',
        b'{"query": ["{ viewer { alias } }"]}',
        b'{"query": "{ viewer { alias } }", "variables": "x"}',
        b'{"query": "{ viewer { alias } }", "variables": [1]}',
        b'{"query": "{ viewer { alias } }", "operationName": 5}',
        b'{"query": "{ viewer { alias } }", "operationName": ["Other"]}',
        b'{"query": "{ viewer { alias } }", "operationName": "Other"}',
        b'{"query": "{ viewer { alias } }", "extensions": 5}',
        b'{"query": "fragment F on User { alias }"}',
        b'{"query": "\\ud800"}',
        b'{"query": "\xff"}',
        b'[{"query": "{ viewer { alias } }"}]',
        b"[" * 100_000,
    ],
)
async def test_a_malformed_request_is_refused_with_a_code(client: Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = await client.http.post("/graphql", content=body, headers=headers)
    assert response.status_code in {200, 400}
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] in {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_another_http_method_is_refused_with_a_code(client: Client, method: str) -> None:
    response = await client.http.request(method, "/graphql")
    assert response.status_code == 405
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_query_may_come_by_get_and_a_mutation_may_not(client: Client, world: World) -> None:
    ann = await sign_up(world, "ann")
    headers = {"Authorization": f"Bearer {ann.token}"}
    query = {"query": "query ($a: String!) { user(alias: $a) { alias } }", "variables": '{"a": "ann"}'}
    response = await client.http.get("/graphql", params=query, headers=headers)
    assert response.json() == {"data": {"user": {"alias": "ann"}}}

    response = await client.http.get("/graphql", params={"query": "mutation { logout }"}, headers=headers)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert await client("{ viewer { alias } }", token=ann.token) == {"viewer": {"alias": "ann"}}


async def test_several_errors_each_have_a_code_and_a_path(client: Client, world: World) -> None:
    await world.make_user("ann")
    query = """{
        one: node(id: "x") { id }
        two: user(alias: "ann") { story(first: 0) { edges { cursor } } }
        three: user(alias: "ann") { alias }
    }"""
    answer = await client.ask(query)
    assert answer.codes == ["BAD_USER_INPUT"] * 2
    assert sorted(error["path"] for error in answer.errors) == [["one"], ["two", "story"]]
    assert answer.data == {"one": None, "two": None, "three": {"alias": "ann"}}
