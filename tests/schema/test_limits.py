"""What a stranger may send and ask for at once: each limit is tried one beyond it."""

from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from schema.limits import MAX_ALIASES, MAX_DEPTH, MAX_TOKENS
from serving.bodies import MAX_BODY_BYTES, BodyLimit
from tests.client import Client


def aliases(number: int) -> str:
    return "{" + " ".join(f"a{place}: __typename" for place in range(number)) + "}"


def tokens(number: int) -> str:
    return "{" + " __typename" * (number - 2) + "}"


def friends_of_friends(depth: int) -> str:
    """Depth as the rule counts it: every field below the root."""
    query, close = "{ viewer { followers { edges { node ", " } } } }"
    levels = (depth - 4) // 3
    for _ in range(levels):
        query, close = query + "{ followers { edges { node ", " } } }" + close
    return query + "{ id }" + close


@pytest.mark.parametrize("query", [aliases(MAX_ALIASES), friends_of_friends(MAX_DEPTH - 2)])
async def test_up_to_a_limit_a_query_is_answered(client: Client, query: str) -> None:
    assert (await client.ask(query)).codes == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (aliases(MAX_ALIASES + 1), "GRAPHQL_VALIDATION_FAILED"),
        (tokens(MAX_TOKENS + 1), "GRAPHQL_PARSE_FAILED"),
        (friends_of_friends(MAX_DEPTH + 4), "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_beyond_a_limit_a_query_is_refused(client: Client, query: str, code: str) -> None:
    assert (await client.ask(query)).codes == [code]


async def test_a_document_is_parsed_up_to_its_last_token(client: Client) -> None:
    """It is refused all the same: comparing so many fields of one name costs too much."""
    assert (await client.ask(tokens(MAX_TOKENS))).codes == ["GRAPHQL_VALIDATION_FAILED"]


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY_BYTES, 200), (MAX_BODY_BYTES + 1, 413)])
@pytest.mark.parametrize("parts", [1, 7])
async def test_a_body_is_read_up_to_the_limit(size: int, status: int, parts: int) -> None:
    async def measure(request: Request) -> Response:
        return Response(str(len(await request.body())))

    app = BodyLimit(Starlette(routes=[Route("/", measure, methods=["POST"])]))

    async def body() -> AsyncIterator[bytes]:
        for place in range(parts):
            yield b"x" * (size * (place + 1) // parts - size * place // parts)

    async with AsyncClient(transport=ASGITransport(app), base_url="http://tests") as http:
        response = await http.post("/", content=body())

    assert response.status_code == status
    assert response.text == str(size) if status == 200 else "too large" in response.text
