"""Answers that come one after another over plain HTTP: server-sent events, or parts of one body.

A subscription counts from before the head of the response: what a query asks after that sees all that will not come.
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
from serving.server.http import ENDLESS


class EventStream(SSETransport):
    """Server-sent events whose lines end in LF.

    The standard allows CRLF too, which Strawberry writes, but urql's parser cuts at LF LF alone and so never delivers.
    An event without data has an empty field, since urql would parse a blank as JSON.
    """

    def encode_event(self, event: str, data: str | None = None) -> str:
        """Return one event. `data` is JSON on a single line, as orjson writes it."""
        return f"event: {event}\ndata: {data}\n\n" if data else f"event: {event}\ndata:\n\n"

    def encode_comment(self, comment: str) -> str:
        """Return a comment, which keeps the connection alive."""
        return f": {comment}\n\n"


TRANSPORTS: tuple[HTTPStreamTransport, ...] = (EventStream(), MultipartSubscriptionTransport())


def transport_of(accept: str) -> HTTPStreamTransport | None:
    """That of the two which a client accepts."""
    return next((transport for transport in TRANSPORTS if transport.accepts(accept)), None)


class Stream(StreamingResponse):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[ENDLESS] = True
        await super().__call__(scope, receive, send)


def streamed(results: AsyncGenerator[object, None], transport: HTTPStreamTransport) -> Response:
    """With something to read every few seconds, so that neither end takes the other for dead."""

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
