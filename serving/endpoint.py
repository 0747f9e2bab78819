"""GraphQL over HTTP: who asks, JSON in and out, and errors that are JSON too."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog
from cross_web import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.http.base import BaseRequestProtocol
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from schema.build import MASK, schema
from schema.context import RequestContext

BEARER = "bearer "

MakeContext = Callable[[str | None], Awaitable[RequestContext]]

log = structlog.get_logger()


class NotReady(Exception):
    """The server cannot answer yet."""


class Endpoint(GraphQL[RequestContext, None]):
    """`make_context` turns the request's token, if it carries one, into the context of its fields.

    A browser that comes without a query is shown the `playground`.
    """

    def __init__(self, make_context: MakeContext, *, playground: Callable[[], Response]) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL])
        self._make_context = make_context
        self._playground = playground

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            response = self._playground() if is_visit(request) else await self.run(request)
        except NotReady:
            response = _refusal(503, "Starting up: MongoDB has not answered yet.", code="INTERNAL")
        except HTTPException as error:
            response = _refusal(error.status_code, error.reason, code="BAD_USER_INPUT")
        except Exception:
            log.exception("request.failed")
            response = _refusal(503, MASK, code="INTERNAL")
        await response(scope, receive, send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> RequestContext:
        return await self._make_context(bearer_token(request))

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:
        """Never: visits are answered before a context is made, since a page needs no database."""
        return False

    def parse_json(self, data: str | bytes) -> Any:
        """Errors: HTTPException, also for JSON that is no object."""
        parsed = super().parse_json(data) or {}
        if not isinstance(parsed, dict | list):
            raise HTTPException(400, "The request must be a JSON object.")
        return parsed

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        """Text: a WebSocket client reads no binary frames."""
        return orjson.dumps(data).decode()

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        return _json(response_data, sub_response.status_code or 200)


def is_visit(request: Request) -> bool:
    return (
        request.method == "GET"
        and "query" not in request.query_params
        and "text/html" in request.headers.get("accept", "")
    )


def bearer_token(connection: HTTPConnection) -> str | None:
    header = connection.headers.get("authorization", "")
    return header[len(BEARER) :].strip() or None if header[: len(BEARER)].lower() == BEARER else None


def _refusal(status: int, message: str, *, code: str) -> Response:
    return _json({"errors": [{"message": message, "extensions": {"code": code}}]}, status)


def _json(content: Any, status: int) -> Response:
    return Response(orjson.dumps(content), status_code=status, media_type="application/json")
