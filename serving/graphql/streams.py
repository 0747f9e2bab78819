"""Streams of results over plain HTTP: server-sent events, or parts of one body.

A subscription begins before the head of the response is sent. So a query sent after the head arrives sees every post
that the subscription does not deliver.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import orjson
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send
from strawberry.types import ExecutionResult

from compat.strawberry.streams import (
    GraphQLHTTPResponse,
    HTTPStreamTransport,
    MultipartSubscriptionTransport,
    SSETransport,
    merge_stream_with_heartbeat,
)
from serving.graphql.results import bounded_content
from serving.remembered import remembered
from serving.server.http import ENDLESS


class EventStream(SSETransport):
    """Server-sent events whose lines end in LF.

    The standard also allows CRLF, which Strawberry writes. But urql's parser splits at LF LF only, and would deliver
    nothing. An event without data has an empty field, since urql would parse a blank as JSON.
    """

    def encode_event(self, event: str, data: str | None = None) -> str:
        """Return one event. `data` is JSON on a single line, as orjson writes it."""
        return f"event: {event}\ndata: {data}\n\n" if data else f"event: {event}\ndata:\n\n"

    def encode_comment(self, comment: str) -> str:
        """Return a comment, which keeps the connection alive."""
        return f": {comment}\n\n"


TRANSPORTS: tuple[HTTPStreamTransport, ...] = (EventStream(), MultipartSubscriptionTransport())


@remembered
def transport_of(accept: str) -> HTTPStreamTransport | None:
    """Return the transport that the client accepts, or None."""
    return next((transport for transport in TRANSPORTS if transport.accepts(accept)), None)


class Stream(StreamingResponse):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[ENDLESS] = True
        await super().__call__(scope, receive, send)


def streamed(results: AsyncGenerator[object, None], transport: HTTPStreamTransport) -> Response:
    """Return the streaming response. It sends a heartbeat every few seconds, so that no end times out."""

    async def parts() -> AsyncGenerator[str, None]:
        async with aclosing(results):
            async for result in results:
                assert isinstance(result, ExecutionResult), "results are not sent in parts"
                yield transport.encode_next(cast(GraphQLHTTPResponse, bounded_content(result)), encode)
        yield transport.encode_complete()

    merged = merge_stream_with_heartbeat(
        parts,
        lambda: transport.heartbeat_message(encode),
        interval=transport.heartbeat_interval,
        send_initial_heartbeat=transport.send_initial_heartbeat,
    )
    return Stream(merged(), headers=transport.headers)


def encode(content: object) -> str:
    return orjson.dumps(content).decode()
