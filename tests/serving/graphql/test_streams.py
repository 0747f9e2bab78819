"""The bytes of server-sent events, read like the strictest client."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
import orjson
import pytest
from starlette.responses import Response, StreamingResponse
from strawberry.types import ExecutionResult

from schema.execution.variables import MAX_VALUES
from serving.graphql.endpoint import Endpoint
from serving.graphql.streams import EventStream, streamed
from storage import Storage
from tests.client import connected
from tests.contexts import contexts
from tests.talk import FEED_UPDATES

SSE = {"accept": "text/event-stream"}
DATA = re.compile(r"data: ?([^\n]+)")  # urql's

ASKED = {
    "query": "{ viewer { alias } }",
    "mutation": "mutation { logout }",
    "line ends in a value": 'query { user(alias: "a\\r\\n\\r\\nb\\u2028") { id } }',
    "line ends in an error": '{ node(id: "a\\r\\n\\r\\nb") { id } }',
    "subscription without a viewer": FEED_UPDATES,
    "what does not parse": "{",
    "what is not valid": "{ nonsense }",
    "what costs too much": "{ "
    + " ".join(f"q{n}: feed(first: 100) {{ edges {{ node {{ author {{ alias firstName }} }} }} }}" for n in range(20))
    + " }",
    "several errors": '{ a: node(id: "x") { id } b: node(id: "y") { id } }',
}


def as_urql_reads(text: str) -> list[Any]:
    """Return the data of the events, read like urql: it splits at two LF and parses the first data line of each."""
    found = [DATA.search(piece) for piece in text.split("\n\n")]
    return [orjson.loads(match[1]) for match in found if match]


@pytest.fixture
async def http(storage: Storage) -> AsyncIterator[httpx.AsyncClient]:
    with contexts(storage) as make_context:
        async with connected(Endpoint(make_context, playground=Response)) as http:
            yield http


@pytest.mark.parametrize("asked", ASKED)
async def test_event_lines_end_in_lf_only(http: httpx.AsyncClient, asked: str) -> None:
    answer = await http.post("/graphql", json={"query": ASKED[asked]}, headers=SSE)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert b"\r" not in answer.content
    assert answer.text.endswith("event: complete\ndata:\n\n")
    (result,) = as_urql_reads(answer.text)
    assert result.keys() & {"data", "errors"}


@pytest.mark.parametrize("media_type", ["text/event-stream", 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0'])
async def test_a_refusal_before_parsing_is_sent_in_the_stream(http: httpx.AsyncClient, media_type: str) -> None:
    asked = {"query": FEED_UPDATES, "variables": {"values": [0] * MAX_VALUES}}
    answer = await http.post("/graphql", json=asked, headers={"accept": media_type})
    assert answer.status_code == 200
    assert answer.text.count("The variables hold more than") == 1
    assert answer.text.count("BAD_USER_INPUT") == 1


async def test_heartbeats_end_in_lf_only() -> None:
    """A heartbeat is never inside an event."""

    async def results() -> AsyncGenerator[object, None]:
        for number in range(3):
            await several_pings.wait()
            several_pings.clear()
            yield ExecutionResult(data={"number": number}, errors=None)

    several_pings = asyncio.Event()
    response = streamed(results(), EventStream(heartbeat_interval=0.001))
    assert isinstance(response, StreamingResponse)
    text = ""
    async with asyncio.timeout(30), aclosing(response.body_iterator) as body:  # type: ignore[type-var]
        async for chunk in body:
            assert isinstance(chunk, str)
            text += chunk
            if text.endswith(": ping\n\n: ping\n\n"):
                several_pings.set()
    assert "\r" not in text
    assert text.startswith(": ping\n\n")
    assert [result["data"]["number"] for result in as_urql_reads(text)] == [0, 1, 2]
