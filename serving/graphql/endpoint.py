"""GraphQL over HTTP and WebSocket."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from time import perf_counter
from typing import cast

import orjson
from graphql import DocumentNode, GraphQLError, get_operation_ast
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import MissingQueryError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from compat.strawberry.results import CannotGetOperationTypeError, InvalidOperationTypeError
from compat.strawberry.streams import HTTPStreamTransport
from compat.strawberry.websockets import use_websockets
from schema.build import schema
from schema.context import RequestContext
from schema.execution.claims import checks_claim
from schema.execution.deadline import TookTooLong
from schema.execution.limits import MAX_MESSAGE_CHARACTERS
from serving.callers import caller_of
from serving.encodings import accepted, gzipped
from serving.graphql.auth import MakeContext, bearer_token
from serving.graphql.negotiation import GRAPHQL, answer_type, body_type, headers_of, status_of
from serving.graphql.operation_names import OTHER
from serving.graphql.parameters import Parameters, decode_object
from serving.graphql.persisted_documents import DocumentRefused, PersistedDocuments
from serving.graphql.results import NoteAnswer, codes_of, encode_message, encode_result
from serving.graphql.streams import streamed, transport_of
from serving.graphql.uploads import operations_of
from serving.graphql.websockets import Protocol, Socket, Upgrade
from serving.http_errors import JSON, HTTPError, NotReady, encoded_response
from serving.middleware.bodies import FORM
from serving.pages import wants_page
from tracing import spans

ASKING = ("query", "documentId", "extensions")
INIT_WITHIN = timedelta(seconds=10)
TRY_AGAIN_LATER = 1013
FEW_AT_ONCE = 8  # operations; the sessions of more are looked up together, which costs less than to join each
ALLOWED = {"GET": {OperationType.QUERY}, "POST": {OperationType.QUERY, OperationType.MUTATION}}


class NotAtOnce(HTTPError):
    """A subscription was sent over plain HTTP without an accepted streaming type."""

    def __init__(self) -> None:
        super().__init__(
            400,
            f"A subscription wants a WebSocket with {GRAPHQL_TRANSPORT_WS_PROTOCOL}, or to accept text/event-stream.",
        )


class Endpoint(GraphQL[Upgrade, None]):
    """The ASGI application of the endpoint.

    A browser without a query gets the `playground`. Pages of other origins may open a WebSocket if they are in
    `allowed_origins`. `note_slow` is called for each WebSocket that is closed because its client does not read, and
    `note_answer` for each answer.
    """

    def __init__(
        self,
        make_context: MakeContext,
        *,
        playground: Callable[[], Response],
        note_slow: Callable[[], None] = lambda: None,
        note_answer: NoteAnswer = lambda *_: None,
        registry: PersistedDocuments | None = None,
        allowed_origins: Sequence[str] = (),
    ) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=INIT_WITHIN,
            max_subscriptions_per_connection=None,  # Protocol has its own bound, with a close code
            allowed_origins=allowed_origins,
        )
        registry = registry or PersistedDocuments()
        use_websockets(
            self,
            adapter=partial(Socket, note_slow=note_slow),
            handler=partial(Protocol, make_context=make_context, registry=registry, note_answer=note_answer),
        )
        self._make_context = make_context
        self._note_answer = note_answer
        self._playground = playground
        self._registry = registry
        self._executing = 0  # operations over HTTP

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
        """Answer a request over HTTP. The session is looked up only if the request is well formed."""  # noqa: DOC501  # caught
        began = perf_counter()
        accept = request.headers.get("accept", "*/*")
        media_type, transport = answer_type(accept), transport_of(accept)
        try:
            if media_type is None and transport is None:
                raise HTTPError(406, f"The answer would be {JSON} or {GRAPHQL}, and the request accepts neither.")
            asked = await self._read(request)
            try:
                asked = replace(asked, query=self._registry.text(asked))
                if media_type is None:
                    raise NotAtOnce
                name = self._registry.operation_names.find(asked.query)
                with spans.span(f"graphql {name}") as span:
                    result = await self._result(asked, request)
                    if span is not None and (codes := codes_of(result)):
                        span.fail(min(codes))
            except DocumentRefused as error:
                if media_type is None:
                    raise HTTPError(400, str(error), code=error.code) from None
                result = not_executed(str(error), error.code)
            except NotAtOnce:
                if transport is None:
                    raise
                context = await self._make_context(_token_of(request), caller_of(request))
                return await self._stream(asked, context, request.method, transport)
        except HTTPError as refusal:
            self._note_answer(OTHER, (refusal.code,), perf_counter() - began)
            return refusal.response(media_type or JSON)
        status, content = status_of(result, media_type), encode_result(result)
        name = self._registry.operation_names.find(asked.query)
        self._note_answer(name, codes_of(result), perf_counter() - began)
        headers = headers_of(result, status)
        if "authorization" not in request.headers and is_query(asked):
            headers["vary"] = "accept-encoding"
            is_accepted = "gzip" in accepted(request.headers.get("accept-encoding", ""))
            if is_accepted and (compressed := gzipped(content)):
                content, headers["content-encoding"] = compressed, "gzip"
        return encoded_response(content, status=status, media_type=media_type, headers=headers)

    async def _read(self, request: Request) -> Parameters:
        """Read the parameters from the address or the body.

        Raises:
            HTTPError: The request is invalid.
        """
        media_type = body_type(request)
        if media_type is None:
            return Parameters.of_address(request.query_params)
        body = await request.body()
        return Parameters.of(operations_of(request.headers, body) if media_type == FORM else decode_object(body))

    async def _result(self, asked: Parameters, request: Request) -> ExecutionResult:
        """Execute a query or a mutation for the viewer of the request's token.

        If its own reads tell whether the session lives, the viewer is presumed. If they do not confirm that, the result
        is dropped, and the operation is executed again after the session was looked up. An operation that was stopped
        is not executed again: its result tells nothing, and a second try would burden a busy server twice.

        Raises:
            HTTPError: MongoDB does not answer, or `_execute` refuses the request.
            NotAtOnce: The operation is a subscription.
        """
        token, caller = _token_of(request), caller_of(request)
        self._executing += 1
        try:
            presumes = self._executing <= FEW_AT_ONCE and may_presume(asked)
            context = await self._make_context(token, caller, may_presume=presumes)
            result = await self._execute(asked, context, method=request.method)
            if context.is_viewer_certain or was_stopped(result):
                return result
            return await self._execute(asked, await self._make_context(token, caller), method=request.method)
        finally:
            self._executing -= 1

    async def _execute(self, asked: Parameters, context: RequestContext, *, method: str) -> ExecutionResult:
        """Execute a query or a mutation.

        Raises:
            HTTPError: The request has no query, a mutation came by GET, or the operation is a subscription.
            NotAtOnce: The operation is a subscription.
        """
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
            raise HTTPError(400, "The request has no `query`.") from None
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.MUTATION:
                raise HTTPError(405, "A mutation must come by POST.", headers={"allow": "POST"}) from None
            raise NotAtOnce from None
        except CannotGetOperationTypeError as error:
            return not_executed(error.as_http_error_reason())

    async def _stream(
        self, asked: Parameters, context: RequestContext, method: str, transport: HTTPStreamTransport
    ) -> Response:
        """Stream the results. A refusal is sent as a result, too."""
        allowed = transport.allowed_operation_types(ALLOWED[method] | {OperationType.SUBSCRIPTION})
        results = await self.schema.stream(
            asked.query,
            variable_values=asked.variables,
            context_value=context,
            operation_name=asked.operation_name,
            allowed_operation_types=allowed,
            operation_extensions=asked.extensions,
        )
        return streamed(results, transport)

    async def reject_websocket(self, request: WebSocket) -> WebSocket:
        await request.send_denial_response(HTTPError(403, "This origin may not open a WebSocket here.").response())
        return request

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Upgrade:
        """Return the upgrade that Strawberry takes as the context of the connection.

        Raises:
            NotReady: MongoDB does not answer.
        """
        return Upgrade(_token_of(request), await self._make_context(None, caller_of(request)))

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        """Encode a message for a WebSocket as text: clients read no binary frames."""
        return encode_message(cast(Mapping[str, object], data))


def is_visit(request: Request) -> bool:
    return request.method == "GET" and request.query_params.keys().isdisjoint(ASKING) and wants_page(request)


def is_query(asked: Parameters) -> bool:
    """Return whether the operation is known to be a query. Its answer holds no secret if the caller is anonymous."""
    document = known_document(asked)
    operation = get_operation_ast(document, asked.operation_name) if document else None
    return operation is not None and operation.operation.value == OperationType.QUERY.value


def may_presume(asked: Parameters) -> bool:
    document = known_document(asked)
    return document is not None and checks_claim(document, asked.operation_name)


def known_document(asked: Parameters) -> DocumentNode | None:
    known = schema.documents.find(asked.query or "")
    return known.document if known else None


def was_stopped(result: ExecutionResult) -> bool:
    errors = result.errors or []
    return result.data is None and any(isinstance(error.original_error, TookTooLong) for error in errors)


def not_executed(message: str, code: str = "BAD_USER_INPUT") -> ExecutionResult:
    cut = message[:MAX_MESSAGE_CHARACTERS]  # it may quote an operation's name
    return ExecutionResult(data=None, errors=[GraphQLError(cut, extensions={"code": code})])


def _token_of(request: Request | WebSocket) -> str | None:
    return bearer_token(request.headers.get("authorization"))
