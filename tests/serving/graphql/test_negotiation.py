"""Media types and methods, beyond the cases of the audits."""

from typing import Any

import httpx
import orjson
import pytest

from tests.client import Client

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
VIEWER = "{ viewer { alias } }"
TWO = "query One { viewer { alias } } query Two { __typename }"


async def post(client: Client, content: Any, **headers: str) -> httpx.Response:
    headers = {"content-type": JSON} | headers
    return await client.http.post("/graphql", content=orjson.dumps(content), headers=headers)


def code(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    found: str = error["extensions"]["code"]
    return found


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{JSON};q=0.5, {GRAPHQL};q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0.5, */*", JSON),
        (f"*/*;q=0.1, {GRAPHQL}", GRAPHQL),
        (f"{JSON};q=0, */*", GRAPHQL),
        ("text/html, application/xml;q=0.9, */*;q=0.8", JSON),
        (f"{GRAPHQL.upper()}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL};q=nonsense", GRAPHQL),
        (f",,;;q=,{GRAPHQL}", GRAPHQL),
    ],
)
async def test_the_answer_has_the_preferred_media_type(client: Client, accept: str, media_type: str) -> None:
    response = await post(client, {"query": VIEWER}, accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", "application/xml, text/*", f"{JSON};q=0", "*", "", "*/*;q=0"])
async def test_a_client_that_accepts_neither_type_is_refused(client: Client, accept: str) -> None:
    response = await post(client, {"query": VIEWER}, accept=accept)
    assert (response.status_code, code(response)) == (406, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/mixed; boundary=x",
        "application/jsonp",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/json; charset*=utf-8''latin-1",
        "application/json; charset=",
        "nonsense",
        "",
    ],
)
async def test_a_body_of_another_type_or_encoding_is_refused(client: Client, content_type: str) -> None:
    """Even if the body is JSON, since a page of another origin may send these types without a preflight."""
    response = await post(client, {"query": VIEWER}, **{"content-type": content_type})
    assert (response.status_code, code(response)) == (415, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    "content_type", ["Application/JSON", "application/json;charset=UTF-8", 'application/json; charset="utf8"']
)
async def test_the_content_type_of_json_may_be_written_in_several_ways(client: Client, content_type: str) -> None:
    response = await post(client, {"query": VIEWER}, **{"content-type": content_type})
    assert response.json() == {"data": {"viewer": None}}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "QUERY", "NONSENSE"])
async def test_another_method_is_refused_with_the_allowed_methods(client: Client, method: str) -> None:
    response = await client.http.request(method, "/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    ("request_error", "expected"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nonsense }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query ($a: String!) { user(alias: $a) { id } }", "variables": {"a": None}}, "BAD_USER_INPUT"),
        ({"query": TWO}, "BAD_USER_INPUT"),
        ({"query": TWO, "operationName": "Three"}, "BAD_USER_INPUT"),
        ({"query": TWO, "operationName": ""}, "BAD_USER_INPUT"),
        ({"query": "fragment F on User { id }"}, "BAD_USER_INPUT"),
    ],
)
async def test_a_request_error_has_no_data(client: Client, request_error: Any, expected: str) -> None:
    for accept, status in ((JSON, 200), (GRAPHQL, 400)):
        response = await post(client, request_error, accept=accept)
        assert (response.status_code, code(response)) == (status, expected)
        assert "data" not in response.json()


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_an_error_of_a_field_is_part_of_an_answer(client: Client, accept: str) -> None:
    for query, data in (('{ node(id: "x") { id } }', {"node": None}), ("{ feed { edges { cursor } } }", None)):
        response = await post(client, {"query": query}, accept=accept)
        assert response.status_code == 200
        assert response.json()["data"] == data
        assert code(response) in {"BAD_USER_INPUT", "UNAUTHENTICATED"}


async def test_of_several_operations_the_named_one_is_answered(client: Client) -> None:
    response = await post(client, {"query": TWO, "operationName": "Two"})
    assert response.json() == {"data": {"__typename": "Query"}}
    response = await client.http.get("/graphql", params={"query": TWO, "operationName": "Two"})
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "body",
    [
        {"query": 5},
        {"query": VIEWER, "operationName": ["One"]},
        {"query": VIEWER, "variables": "{}"},
        {"query": VIEWER, "extensions": 1},
        {"qeury": VIEWER},
        [{"query": VIEWER}],
        [],
        "text",
        None,
    ],
)
async def test_an_invalid_request_is_refused_in_either_media_type(client: Client, body: Any) -> None:
    for accept in (JSON, GRAPHQL):
        response = await post(client, body, accept=accept)
        assert (response.status_code, code(response)) == (400, "BAD_USER_INPUT")
        assert response.headers["content-type"].startswith(accept)


async def test_a_batch_is_refused_with_the_reason(client: Client) -> None:
    response = await post(client, [{"query": VIEWER}, {"query": VIEWER}])
    assert "batch" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize("parameters", [{"variables": "{"}, {"variables": "[]"}, {"extensions": "5"}, {"query": ""}])
async def test_malformed_query_parameters_are_refused(client: Client, parameters: dict[str, str]) -> None:
    response = await client.http.get("/graphql", params={"query": VIEWER} | parameters)
    assert (response.status_code, code(response)) == (400, "BAD_USER_INPUT")


async def test_query_parameters_may_be_null_or_empty(client: Client) -> None:
    parameters = {"query": VIEWER, "variables": "null", "extensions": ""}
    assert (await client.http.get("/graphql", params=parameters)).json() == {"data": {"viewer": None}}


async def test_a_subscription_over_plain_http_names_the_transports(client: Client) -> None:
    response = await post(client, {"query": "subscription { nonsense }"})
    assert (response.status_code, code(response)) == (400, "BAD_USER_INPUT")
    assert "WebSocket" in response.json()["errors"][0]["message"]
