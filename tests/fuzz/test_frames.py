"""No input over a WebSocket does more than close it by the protocol. The server survives."""

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from serving.graphql.websockets import is_message
from tests.fuzz.answers import check_errors
from tests.fuzz.operations import operations
from tests.fuzz.values import anything, texts, variables
from tests.pipeline.stack import Stack

OPERATIONS = list(operations("Query", "Mutation", "Subscription").values())
CLOSED = {
    1000,
    1002,
    1007,
    1009,
    4400,
    4401,
    4406,
    4408,
    4409,
    4429,
}  # close codes of WebSocket, and of graphql-transport-ws
FAILURES = ("Exception in ASGI application", "Exception in worker task", "request.failed", "graphql.internal")
INIT, PING = {"type": "connection_init"}, {"type": "ping"}
WITHIN_S = 30

HANDSHAKE = (
    "GET /graphql HTTP/1.1\r\nHost: tests\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)


@st.composite
def subscriptions(draw: st.DrawFn) -> dict[str, Any]:
    operation = draw(st.sampled_from(OPERATIONS))
    asked = {"query": operation.query, "variables": draw(variables(operation.variables, ["ann"]))}
    return {"type": "subscribe", "id": draw(st.sampled_from("abc")), "payload": asked}


types = st.sampled_from(["connection_init", "subscribe", "complete", "ping", "pong", "next", "connection_ack"]) | texts
messages = st.one_of(
    st.just(INIT),
    subscriptions(),
    st.fixed_dictionaries({"type": st.just("complete"), "id": st.sampled_from("abc") | texts}),
    st.fixed_dictionaries({"type": types}, optional={"id": anything, "payload": anything}),
    anything,
)
conversations = st.lists(messages, max_size=8) | st.lists(messages, max_size=8).map(lambda sent: [INIT, *sent])


@pytest.fixture(scope="module")
def site(served: Stack) -> Iterator[str]:
    """A server that must be alive at the end, without a failure in its log."""
    before = len(served.log("web"))
    yield served.url
    assert httpx.get(f"{served.url}/healthz").status_code == 200
    told = served.log("web")[before:].splitlines()
    assert [line for line in told if any(failure in line for failure in FAILURES)] == []


@given(conversation=conversations, last=st.none() | st.text() | st.binary())
def test_no_message_causes_an_internal_error(site: str, conversation: list[Any], last: str | bytes | None) -> None:
    url = f"ws{site.removeprefix('http')}/graphql"
    pings = sum(is_message(message) and message["type"] == "ping" for message in conversation)
    connection = connect(url, subprotocols=[Subprotocol("graphql-transport-ws")], ping_interval=None)
    with suppress(ConnectionClosed), connection:
        for message in [*conversation, PING]:
            connection.send(json.dumps(message))
        while pings >= 0:
            answer = json.loads(connection.recv(timeout=WITHIN_S))
            pings -= answer["type"] == "pong"
            check_errors(errors_of(answer))
        if last is not None:
            connection.send(last)
    assert connection.close_code in CLOSED


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(st.binary(max_size=200), max_size=5))
def test_no_bytes_cause_an_internal_error(site: str, parts: list[bytes]) -> None:
    """The bytes need not be frames."""
    url = httpx.URL(site)
    with socket.create_connection((url.host, url.port or 80), timeout=WITHIN_S) as connection:
        connection.sendall(HANDSHAKE.encode())
        assert connection.recv(65536).startswith(b"HTTP/1.1 101 ")
        with suppress(ConnectionError):
            for part in parts:
                connection.sendall(part)
            with suppress(OSError):  # the server may have closed already
                connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):  # ends: the server closes the connection, or sends nothing for WITHIN_S
                pass


def errors_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    match answer:
        case {"type": "error", "payload": list(errors)} | {"type": "next", "payload": {"errors": list(errors)}}:
            return errors
        case {"type": "connection_ack" | "pong" | "complete" | "next"}:
            return []
    raise AssertionError(answer)
