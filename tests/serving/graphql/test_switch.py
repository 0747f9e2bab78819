"""PLAYGROUND=off removes the playground and introspection, and clients still work."""

from collections.abc import AsyncIterator

import pytest
from graphql import get_introspection_query

from settings import Settings
from tests.client import Client, running, until_ready
from tests.serving.test_pages import A_BROWSER

INTROSPECTION = [
    get_introspection_query(),
    '{ __type(name: "User") { name } }',
    "{ viewer { alias } __schema { queryType { name } } }",
    "query { ...Deep } fragment Deep on Query { ... { __schema { types { name } } } }",
]


@pytest.fixture(scope="module")
async def closed(mongodb_url: str, redis_url: str) -> AsyncIterator[Client]:
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database="closed", playground="off")
    async with running(settings) as http:
        await until_ready(http)
        yield Client(http)


async def test_a_browser_gets_a_page_without_the_playground(closed: Client) -> None:
    shown = await closed.http.get("/graphql", headers=A_BROWSER)
    assert shown.status_code == 404
    assert shown.headers["content-type"].startswith("text/html")
    assert "PLAYGROUND=off" in shown.text
    assert "<script" not in shown.text


@pytest.mark.parametrize("query", INTROSPECTION)
async def test_introspection_is_refused(closed: Client, client: Client, query: str) -> None:
    for _ in range(2):  # the second time from the cache
        assert set((await closed.ask(query)).codes) == {"GRAPHQL_VALIDATION_FAILED"}
        assert (await client.ask(query)).codes == [], "where it is not switched off"


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ vieweer { alias } }", {}),
        ('{ user(alia: "ann") { alias } }', {}),
        ('{ user(alias: "ann") { ... on Usr { alias } } }', {}),
        ("mutation ($in: LoginInput!) { login(input: $in) { __typename } }", {"in": {"alia": "ann"}}),
    ],
)
async def test_errors_suggest_no_names(
    closed: Client, client: Client, query: str, variables: dict[str, object]
) -> None:
    told = [error["message"] for error in (await client.ask(query, variables=variables)).errors]
    assert "Did you mean" in "".join(told), "where it is not switched off"
    errors = (await closed.ask(query, variables=variables)).errors
    assert errors
    assert not any("Did you mean" in error["message"] for error in errors)


async def test_typename_is_answered(closed: Client) -> None:
    query = '{ __typename searchUsers(query: "a") { __typename edges { node { __typename } } } }'
    answer = await closed(query)
    assert answer == {"__typename": "Query", "searchUsers": {"__typename": "UserConnection", "edges": []}}
