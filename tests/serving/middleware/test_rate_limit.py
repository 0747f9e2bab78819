"""The rate limit of an address, and the proxies whose forwarded addresses are believed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send
from uvicorn import Config, Server
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from app import create_app
from domain.rates import NO_RATES, Allowance, Rate
from launch.ports import free_port
from schema.execution.concurrency import Waiter
from schema.execution.limits import BUDGETS
from serving.middleware.rate_limit import RateLimitMiddleware
from settings import BadSetting, Settings
from storage.memory.rate_limits import LocalRateLimiter
from tests.client import connected
from tests.serving.graphql.test_deadline import DEAR
from tests.waiting import PATIENT_S, wait_until

NOBODY = "127.0.0.1:9"  # nothing listens there; a page needs no database
HERE, THERE = "192.0.2.7", "192.0.2.8"
TWO = replace(NO_RATES, request=Allowance(name="request", per_address=Rate(2, per_s=60)))

Site = Callable[[str], AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def site() -> Site:
    """Make an application that answers two requests of an address, behind the trusted proxies."""

    @asynccontextmanager
    async def opened(trusted_proxies: str) -> AsyncIterator[httpx.AsyncClient]:
        settings = Settings(
            mongodb_url=f"mongodb://{NOBODY}", redis_url=f"redis://{NOBODY}", trusted_proxies=trusted_proxies
        )
        async with connected(create_app(settings, rates=TWO)) as http:
            yield http

    return opened


async def statuses(http: httpx.AsyncClient, *forwarded: str) -> list[int]:
    return [(await http.get("/", headers={"X-Forwarded-For": each})).status_code for each in forwarded]


async def test_a_request_beyond_the_rate_limit_is_refused_with_retry_after(site: Site) -> None:
    async with site("") as http:
        assert [(await http.get("/")).status_code for _ in range(2)] == [200] * 2
        refused = await http.post("/graphql", content=b"not even read")
    assert refused.status_code == 429
    (error,) = refused.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert error["extensions"]["retryAfter"] in (29, 30, 31), "half of the span"
    assert refused.headers["retry-after"] == str(error["extensions"]["retryAfter"])


async def test_a_websocket_beyond_the_rate_limit_is_not_opened() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def accept(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})

    refused: list[str] = []
    ceiling = RateLimitMiddleware(
        accept, allowance=TWO.request, limiter=LocalRateLimiter(), note_refusal=refused.append
    )
    socket = {
        "type": "websocket",
        "path": "/graphql",
        "headers": [],
        "client": (HERE, 4711),
        "extensions": {"websocket.http.response": {}},
    }
    for _ in range(3):
        await ceiling(socket, receive, send)

    assert [each["type"] for each in sent[:2]] == ["websocket.accept"] * 2
    assert refused == ["request"]
    assert (sent[2]["type"], sent[2]["status"]) == ("websocket.http.response.start", 429)


async def test_each_operation_over_a_websocket_counts(mongodb_url: str, redis_url: str) -> None:
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database="ceiling", port=free_port())
    most = Rate(600, per_s=6_000)
    app = create_app(settings, rates=replace(NO_RATES, request=Allowance(name="request", per_address=most)))
    async with served(app, settings.port), opened(settings.port) as socket:
        answered = 0
        while (answer := await ask(socket))["type"] == "next" and answered < most.amount:
            assert json.loads(await socket.recv())["type"] == "complete"
            answered += 1
    assert 0 < answered < most.amount
    (error,) = answer["payload"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert 1 <= error["extensions"]["retryAfter"] <= 11


async def test_concurrent_operations_of_a_websocket_are_limited(
    mongodb_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.graphql.websockets.MAX_OPERATIONS", 3)
    settings = Settings(mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database="ceiling", port=free_port())
    async with served(create_app(settings, rates=NO_RATES), settings.port), opened(settings.port) as socket:

        async def send(id: str, query: str) -> None:
            await socket.send(json.dumps({"id": id, "type": "subscribe", "payload": {"query": query}}))

        async def hear() -> Any:
            return json.loads(await asyncio.wait_for(socket.recv(), PATIENT_S))

        async with BUDGETS.dear_turns.turn(Waiter("192.0.2.1", None), within_s=PATIENT_S):  # for which the others wait
            for id in ("1", "2", "3"):
                await send(id, DEAR)
            await send("4", "{ __typename }")
            refused = await hear()
        assert (refused["id"], refused["type"]) == ("4", "error")
        assert refused["payload"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        heard = [await hear() for _ in range(6)]
        assert {each["id"] for each in heard if each["type"] == "complete"} == {"1", "2", "3"}
        await send("5", "{ __typename }")
        assert (await hear())["type"] == "next"


@asynccontextmanager
async def served(app: Starlette, port: int) -> AsyncIterator[None]:
    """Start the application on a real socket, and wait until it is ready."""
    server = Server(Config(app, port=port, ws="websockets-sansio"))
    serving = asyncio.create_task(server.serve())
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:

            async def is_ready() -> bool:
                return server.started and (await http.get("/readyz")).status_code == 200

            await wait_until(is_ready)
        yield
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def opened(port: int) -> AsyncIterator[ClientConnection]:
    protocol = Subprotocol("graphql-transport-ws")
    async with connect(f"ws://127.0.0.1:{port}/graphql", subprotocols=[protocol]) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        yield socket


async def ask(socket: ClientConnection) -> Any:
    await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": "{ __typename }"}}))
    return json.loads(await socket.recv())


async def test_health_checks_are_never_rate_limited(site: Site) -> None:
    async with site("") as http:
        for _ in range(5):
            assert (await http.get("/healthz")).status_code == 200
        await statuses(http, HERE, HERE, HERE)
        assert (await http.get("/healthz")).status_code == 200


async def test_forwarded_headers_are_ignored_by_default(site: Site) -> None:
    async with site("") as http:
        assert await statuses(http, HERE, THERE, "198.51.100.1", "::1") == [200, 200, 429, 429]


async def test_forwarded_headers_of_a_trusted_proxy_are_believed(site: Site) -> None:
    async with site("10.0.0.0/8,127.0.0.1") as http:
        assert await statuses(http, HERE, HERE, HERE) == [200, 200, 429]
        assert await statuses(http, THERE, f"{THERE}:4711", THERE) == [200, 200, 429]
        assert await statuses(http, "2001:db8::1", "[2001:db8::2]:4711", "2001:db8::3") == [200, 200, 429]


async def test_addresses_that_a_client_prepends_are_ignored(site: Site) -> None:
    async with site("127.0.0.1") as http:
        assert await statuses(http, f"1.1.1.1, {HERE}", f"2.2.2.2, {HERE}", f"127.0.0.1, {HERE}") == [200, 200, 429]


async def test_forwarded_headers_of_an_untrusted_proxy_are_ignored(site: Site) -> None:
    async with site("10.0.0.0/8") as http:
        assert await statuses(http, HERE, THERE, "198.51.100.1") == [200, 200, 429]


@pytest.mark.parametrize("text", ["*", "localhost", "10.0.0.1/8", "1", "10.0.0.0/8;127.0.0.1", ","])
def test_a_proxy_is_named_by_address_or_network(text: str) -> None:
    with pytest.raises(BadSetting, match="TRUSTED_PROXIES must be addresses and networks"):
        Settings.from_environment({"TRUSTED_PROXIES": text})


def test_the_limits_are_switched_on_or_off() -> None:
    assert Settings.from_environment({}).rate_limits == "on"
    with pytest.raises(BadSetting, match="RATE_LIMITS must be on or off"):
        Settings.from_environment({"RATE_LIMITS": "no"})
