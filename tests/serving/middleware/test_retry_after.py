"""Every rate limited or temporarily refused request has Retry-After. (`tests.client` checks every answer.)"""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from domain.rates import Allowance, Rate
from serving.graphql.negotiation import GRAPHQL
from serving.http_errors import JSON
from storage import Storage
from tests.client import Client, answer_of, sign_up
from tests.resolvers.limited import limited
from tests.waiting import bounded
from tests.world import World

READS = Allowance(name="read", per_address=Rate(1, per_s=600))
LOOKUPS = Allowance(name="lookup", per_address=Rate(3, per_s=60))
FIELD = '{ user(alias: "ann") { story { edges { cursor } } } }'
DEAR = '{ user(alias: "ann") { story(first: 100) { edges { node { author { alias } segments { text } } } } } }'

Send = Callable[[httpx.AsyncClient, str, str], Awaitable[httpx.Response]]


@pytest.fixture
async def client(storage: Storage, world: World, mongodb_url: str, redis_url: str) -> AsyncIterator[Client]:
    """A client of an address that may read one page."""
    await sign_up(world, "ann")
    async with limited(storage, mongodb_url, redis_url, READS, LOOKUPS) as client:
        assert (await client.ask(FIELD)).codes == []
        yield client


async def by_post(http: httpx.AsyncClient, query: str, accept: str) -> httpx.Response:
    return await http.post("/graphql", json={"query": query}, headers={"accept": accept})


async def by_get(http: httpx.AsyncClient, query: str, accept: str) -> httpx.Response:
    return await http.get("/graphql", params={"query": query}, headers={"accept": accept})


@pytest.mark.parametrize("send", [by_post, by_get])
@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_a_rate_limited_field_keeps_status_200(client: Client, send: Send, accept: str) -> None:
    response = await send(client.http, FIELD, accept)
    answer = answer_of(response)
    assert (answer.status, answer.codes) == (200, ["RATE_LIMITED"])
    assert answer.data == {"user": None}
    assert 500 < int(response.headers["retry-after"]) <= 601


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
async def test_retry_after_is_the_longest_of_several_waits(client: Client, accept: str) -> None:
    for _ in bounded():
        if (await client.ask('{ user(alias: "ann") { id } }')).codes:
            break
    several = '{ a: user(alias: "ann") { id } viewer { id } b: nodes(ids: []) { id } c: user(alias: "ann") { id } }'
    response = await by_post(client.http, several, accept)
    waits = [error["extensions"]["retryAfter"] for error in answer_of(response).errors]
    assert response.status_code == 200
    assert len(set(waits)) > 1
    assert response.headers["retry-after"] == str(max(waits))


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (GRAPHQL, 429)])
async def test_a_refusal_before_execution_has_retry_after(client: Client, accept: str, status: int) -> None:
    answer = answer_of(response := await by_post(client.http, DEAR, accept))
    assert (answer.status, answer.codes, "data" in response.json()) == (status, ["RATE_LIMITED"], False)
    assert int(response.headers["retry-after"]) > 1
