"""GraphQL over HTTP and WebSocket: who asks, what is asked, and the answer."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import orjson
from cross_web import HTTPException
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from domain.callers import Caller
from schema.build import schema
from schema.context import RequestContext
from serving.bodies import FORM
from serving.callers import caller_of
from serving.negotiation import answer_type, body_type, content_of, status_of
from serving.pages import wants_page
from serving.parameters import Parameters
from serving.refusals import JSON, NotReady, Refusal, json_response
from serving.sockets import Protocol, Socket
from serving.uploads import operations_of

BEARER = "bearer "
INIT_WITHIN = timedelta(seconds=10)
TRY_AGAIN_LATER = 1013
ALLOWED = {"GET": {OperationType.QUERY}, "POST": {OperationType.QUERY, OperationType.MUTATION}}

MakeContext = Callable[[str | None, Caller], Awaitable[RequestContext]]


class Endpoint(GraphQL[RequestContext, None]):
    """`make_context` turns the request's token, if it carries one, and its caller into the context of its fields.

    A browser that comes without a query is shown the `playground`. Pages from elsewhere may open a WebSocket where
    they are of the `allowed_origins`.
    """

    graphql_transport_ws_handler_class = Protocol
    websocket_adapter_class = Socket

    def __init__(
        self, make_context: MakeContext, *, playground: Callable[[], Response], allowed_origins: Sequence[str] = ()
    ) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=INIT_WITHIN,
            max_subscriptions_per_connection=None,  # Protocol has a bound of its own, with a code
            allowed_origins=allowed_origins,
        )
        self._make_context = make_context
        self._playground = playground

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._converse(WebSocket(scope, receive, send))
            return
        request = Request(scope, receive)
        response = self._playground() if is_visit(request) else await self._answer(request)
        await response(scope, receive, send)

    async def _converse(self, socket: WebSocket) -> None:
        try:
            await self.run(socket)
        except NotReady as error:
            await socket.close(TRY_AGAIN_LATER, str(error))

    async def _answer(self, request: Request) -> Response:
        """Nobody's session is looked up for a request that is none."""
        media_type = JSON
        try:
            media_type = answer_type(request.headers.get("accept", "*/*"))
            asked = await self._read(request)
            context = await self._make_context(bearer_token(request), caller_of(request))
            result = await self._execute(asked, context, method=request.method)
        except Refusal as refusal:
            return refusal.response(media_type)
        except HTTPException as error:
            return Refusal(error.status_code, error.reason).response(media_type)
        return json_response(content_of(result), status=status_of(result, media_type), media_type=media_type)

    async def _read(self, request: Request) -> Parameters:
        """Errors: Refusal, HTTPException."""
        media_type = body_type(request)
        if media_type is None:
            given = {name: value for name, value in request.query_params.items() if value}
            return Parameters.of(self.parse_query_params(given))
        body = await request.body()
        return Parameters.of(operations_of(request.headers, body) if media_type == FORM else self.parse_json(body))

    async def _execute(self, asked: Parameters, context: RequestContext, *, method: str) -> ExecutionResult:
        """Errors: Refusal."""
        try:
            return await self.schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=ALLOWED[method],
                operation_extensions=asked.extensions,
            )
        except MissingQueryError:
            raise Refusal(400, "The request has no `query`.") from None
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.MUTATION:
                raise Refusal(405, "A mutation must come by POST.", headers={"allow": "POST"}) from None
            raise Refusal(400, f"A subscription must come over WebSocket, {GRAPHQL_TRANSPORT_WS_PROTOCOL}.") from None
        except CannotGetOperationTypeError as error:
            unknown = GraphQLError(error.as_http_error_reason(), extensions={"code": "BAD_USER_INPUT"})
            return ExecutionResult(data=None, errors=[unknown])

    async def reject_websocket(self, request: WebSocket) -> WebSocket:
        await request.send_denial_response(Refusal(403, "This origin may not open a WebSocket here.").response())
        return request

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> RequestContext:
        return await self._make_context(bearer_token(request), caller_of(request))

    def parse_json(self, data: str | bytes) -> dict[str, Any]:
        """Errors: HTTPException, also for JSON that is no object."""
        parsed = super().parse_json(data)
        if not isinstance(parsed, dict | None):
            raise HTTPException(400, "A JSON object is wanted. A batch, a list of them, is not answered.")
        return parsed or {}

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        """Text: a WebSocket client reads no binary frames."""
        return orjson.dumps(data).decode()


def is_visit(request: Request) -> bool:
    return request.method == "GET" and "query" not in request.query_params and wants_page(request)


def bearer_token(connection: HTTPConnection) -> str | None:
    header = connection.headers.get("authorization", "")
    return header[len(BEARER) :].strip() or None if header[: len(BEARER)].lower() == BEARER else None
