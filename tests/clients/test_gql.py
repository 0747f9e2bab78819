"""gql, the Python client, with each of its transports, against a live server."""

import asyncio
from collections.abc import Callable

import pytest
from gql import Client, GraphQLRequest, gql
from gql.transport import AsyncTransport
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport, HTTPXTransport
from gql.transport.requests import RequestsHTTPTransport
from gql.transport.websockets import WebsocketsTransport

from tests.client import Someone
from tests.clients.conftest import Town
from tests.pipeline.clients import Clients
from tests.pipeline.stack import Stack

VIEWER = gql("query { viewer { alias } }")
FOLLOW = "mutation ($id: ID!) { follow(input: {userId: $id}) { ... on Followed { user { followedByViewer } } } }"
UPDATES = gql("subscription { feedUpdates { text } }")
NO_SUCH_FIELD = gql("{ nothing }")
WITHIN_S = 60


def header(someone: Someone) -> dict[str, str]:
    return {"Authorization": f"Bearer {someone.token}"}


def websocket(served: Stack, someone: Someone) -> WebsocketsTransport:
    return WebsocketsTransport(f"{served.url.replace('http', 'ws')}/graphql", init_payload=header(someone))


ASYNCHRONOUS: dict[str, Callable[[Stack, Someone], AsyncTransport]] = {
    "httpx": lambda served, bob: HTTPXAsyncTransport(f"{served.url}/graphql", headers=header(bob)),
    "aiohttp": lambda served, bob: AIOHTTPTransport(f"{served.url}/graphql", headers=header(bob)),
    "websockets": websocket,
}


@pytest.mark.parametrize("name", ASYNCHRONOUS)
async def test_gql_validates_and_executes_documents(served: Stack, town: Town, name: str) -> None:
    transport = ASYNCHRONOUS[name](served, town.bob)
    async with Client(transport=transport, fetch_schema_from_transport=True, execute_timeout=WITHIN_S) as session:
        assert await session.execute(VIEWER) == {"viewer": {"alias": "bob"}}
        follow = GraphQLRequest(FOLLOW, variable_values={"id": town.eve.id})
        assert await session.execute(follow) == {"follow": {"user": {"followedByViewer": True}}}


@pytest.mark.parametrize("name", ASYNCHRONOUS)
async def test_gql_raises_errors_with_their_codes(served: Stack, town: Town, name: str) -> None:
    async with Client(transport=ASYNCHRONOUS[name](served, town.bob), execute_timeout=WITHIN_S) as session:
        with pytest.raises(TransportQueryError) as raised:
            await session.execute(NO_SUCH_FIELD)
    assert [error["extensions"]["code"] for error in raised.value.errors or []] == ["GRAPHQL_VALIDATION_FAILED"]


@pytest.mark.parametrize("transport", [RequestsHTTPTransport, HTTPXTransport])
async def test_gql_works_without_an_event_loop(
    served: Stack, town: Town, transport: type[RequestsHTTPTransport] | type[HTTPXTransport]
) -> None:
    def ask() -> object:
        connecting = transport(url=f"{served.url}/graphql", headers=header(town.bob))
        with Client(transport=connecting, fetch_schema_from_transport=True) as session:
            return session.execute(VIEWER)

    assert await asyncio.to_thread(ask) == {"viewer": {"alias": "bob"}}


async def test_a_subscription_brings_each_post(served: Stack, town: Town) -> None:
    heard: list[str] = []
    async with (
        asyncio.timeout(WITHIN_S),
        Clients(served.url) as clients,
        Client(transport=websocket(served, town.bob)) as session,
    ):
        updates = session.subscribe(UPDATES)
        arriving = asyncio.ensure_future(anext(updates))
        await asyncio.sleep(0)  # it is sent first
        await session.execute(VIEWER)
        for text in ("one", "two", "three"):
            await clients.create_post(town.ann.token, text)
        heard.append((await arriving)["feedUpdates"]["text"])
        while len(heard) < 3:
            heard.append((await anext(updates))["feedUpdates"]["text"])
        await updates.aclose()
    assert heard == ["one", "two", "three"]
