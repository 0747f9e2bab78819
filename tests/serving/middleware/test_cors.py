"""Pages of other origins may send requests only if their origin is allowed."""

from collections.abc import AsyncIterator

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from app import create_app
from settings import BadSetting, Settings
from tests.client import Client, connected
from tests.serving.server.listening import listening

FRIEND, STRANGER = "https://friend.example", "https://stranger.example"
SETTINGS = Settings(
    mongodb_url="mongodb://127.0.0.1:9", redis_url="redis://127.0.0.1:9", cors_origins=f"{FRIEND},http://[::1]:5173"
)
PREFLIGHT = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """An application with an allowed origin."""
    async with connected(create_app(SETTINGS)) as http:
        yield http


async def test_without_a_setting_no_other_origin_is_allowed(client: Client) -> None:
    preflight = await client.http.options("/graphql", headers={"origin": FRIEND} | PREFLIGHT)
    read = await client.http.get("/graphql?query={__typename}", headers={"origin": FRIEND})
    assert (preflight.status_code, read.status_code) == (405, 200)
    for answer in (preflight, read):
        assert [name for name in answer.headers if name.startswith("access-control-")] == []


async def test_a_page_of_an_allowed_origin_may_send_requests_and_read_refusals(http: httpx.AsyncClient) -> None:
    preflight = await http.options("/graphql", headers={"origin": FRIEND} | PREFLIGHT)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, FRIEND)
    assert "access-control-allow-credentials" not in preflight.headers
    for answer in (
        await http.get("/healthz", headers={"origin": FRIEND}),
        await http.post("/graphql", headers={"origin": FRIEND}),
    ):
        assert answer.headers["access-control-allow-origin"] == FRIEND
        assert {"x-request-id", "retry-after"} <= set(answer.headers["access-control-expose-headers"].split(", "))


# Headers that clients send besides Authorization and Content-Type, by client.
SENT = {
    "Apollo Client": "apollographql-client-name,apollographql-client-version,apollo-require-preflight",
    "Apollo Sandbox": "apollo-query-plan-experimental,x-apollo-operation-name,x-apollo-operation-id",
    "urql": "content-type,x-graphql-yoga-csrf",
    "graphql-sse": "x-graphql-event-stream-token",
    "uploads": "graphql-require-preflight",
    "GraphQL Hive": "graphql-client-name,graphql-client-version",
    "Sentry": "baggage,sentry-trace",
    "OpenTelemetry": "baggage,traceparent,tracestate",
    "Zipkin": "b3,x-b3-parentspanid,x-b3-sampled,x-b3-spanid,x-b3-traceid",
    "Datadog": "x-datadog-origin,x-datadog-parent-id,x-datadog-sampling-priority,x-datadog-trace-id,x-datadog-tags",
    "New Relic": "newrelic,traceparent,tracestate",
    "Elastic": "elastic-apm-traceparent,tracestate",
    "AWS": "x-amzn-trace-id",
    "Azure": "request-context,request-id,traceparent",
    "a client of one's own": "x-my-app",
}


@pytest.mark.parametrize("who", SENT)
async def test_a_page_of_an_allowed_origin_may_send_the_headers_of_clients(http: httpx.AsyncClient, who: str) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": f"authorization,{SENT[who]}"}
    preflight = await http.options("/graphql", headers={"origin": FRIEND} | asked)
    assert preflight.status_code == 200
    allowed = preflight.headers["access-control-allow-headers"].replace(" ", "").split(",")
    assert set(allowed) >= {"authorization", *SENT[who].split(",")}
    assert "*" not in allowed, "it does not cover Authorization"
    assert int(preflight.headers["access-control-max-age"]) >= 7_200


@pytest.mark.parametrize(
    "headers",
    [
        *("x-forwarded-for", "authorization, X-Forwarded-Proto", "forwarded", "x-real-ip"),
        *("not a name", "a\tb", "x" * 65, "a,,b", ",".join(f"x-{number}" for number in range(51))),
    ],
)
async def test_no_page_may_send_the_headers_of_a_proxy_or_too_many(http: httpx.AsyncClient, headers: str) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": headers}
    preflight = await http.options("/graphql", headers={"origin": FRIEND} | asked)
    assert preflight.status_code == 400
    assert len(preflight.content) < 100
    assert [name for name in preflight.headers if name.startswith("access-control-allow-")] == []


async def test_the_maximum_number_of_headers_is_allowed(http: httpx.AsyncClient) -> None:
    headers = ",".join(f"x-{number}" for number in range(50))
    asked = {"access-control-request-method": "POST", "access-control-request-headers": headers}
    assert (await http.options("/graphql", headers={"origin": FRIEND} | asked)).status_code == 200


async def test_a_page_of_an_allowed_origin_may_reach_a_server_on_localhost(http: httpx.AsyncClient) -> None:
    """Chromium sends such a preflight before a page of the internet reaches a private network."""
    private = {"access-control-request-private-network": "true"}
    preflight = await http.options("/graphql", headers={"origin": FRIEND} | PREFLIGHT | private)
    assert (preflight.status_code, preflight.headers["access-control-allow-private-network"]) == (200, "true")
    stranger = await http.options("/graphql", headers={"origin": STRANGER} | PREFLIGHT | private)
    assert "access-control-allow-origin" not in stranger.headers


@pytest.mark.parametrize(
    "path", ["/graphql?query={__typename}", "/healthz", "/media/monograms/1/a.svg", "/assets/x.js"]
)
async def test_caches_separate_answers_by_origin(http: httpx.AsyncClient, path: str) -> None:
    """A response that an <img> loaded without an Origin must not be reused for a script, which could not read it."""
    for headers in ({}, {"origin": FRIEND}, {"origin": STRANGER}):
        answer = await http.get(path, headers=headers)
        assert "origin" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    "origin", [STRANGER, f"{FRIEND}.evil.example", "http://friend.example", f"{FRIEND}:8443", "null", ""]
)
async def test_other_origins_are_not_allowed(http: httpx.AsyncClient, origin: str) -> None:
    preflight = await http.options("/graphql", headers={"origin": origin} | PREFLIGHT)
    read = await http.get("/healthz", headers={"origin": origin})
    assert preflight.status_code == 400
    for answer in (preflight, read):
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", [None, FRIEND, "http://127.0.0.1:{port}"])
async def test_websockets_open_for_our_pages_allowed_origins_and_programs(origin: str | None) -> None:
    async with listening(create_app(SETTINGS)) as listener:
        url = f"ws://127.0.0.1:{listener.port}/graphql"
        named = Origin(origin.format(port=listener.port)) if origin else None
        async with connect(url, origin=named, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
            await socket.wait_closed()
        assert socket.close_code == 1013, "MongoDB is away"


@pytest.mark.parametrize("origin", [STRANGER, "http://127.0.0.1", "https://127.0.0.1:{port}.evil.example", "null"])
async def test_websockets_do_not_open_for_other_origins(origin: str) -> None:
    async with listening(create_app(SETTINGS)) as listener:
        url = f"ws://127.0.0.1:{listener.port}/graphql"
        with pytest.raises(InvalidStatus) as refused:
            await connect(url, origin=Origin(origin.format(port=listener.port)))
        assert refused.value.response.status_code == 403
        assert b'"BAD_USER_INPUT"' in refused.value.response.body


@pytest.mark.parametrize(
    "text", ["*", "friend.example", "https://friend.example/", "https://a.example,", "https://A.example"]
)
def test_an_invalid_origin_stops_the_start_with_a_line_that_names_the_setting(text: str) -> None:
    with pytest.raises(BadSetting, match="CORS_ORIGINS must be origins"):
        Settings.from_environment({"CORS_ORIGINS": text})


def test_origins_are_passed_on_unchanged() -> None:
    assert Settings.from_environment(SETTINGS.environment()) == SETTINGS
