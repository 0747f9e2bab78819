"""graphql-transport-ws. An invalid message ends the connection with the protocol's close code.

The token comes with `connection_init`, as {"Authorization": "Bearer TOKEN"}, or else with the upgrade request. As over
HTTP, a client without a token is anonymous, and so is one whose session has ended. Fields that need a viewer are then
answered with UNAUTHENTICATED, and the connection stays open. The session is looked up for every operation. When it
ends, its subscriptions end.

Besides the protocol's own codes, these close a connection:

    1009  a message is too long
    1011  a ping was not answered
    1012  the server stops
    1013  the server is not ready
    4900  the client does not read

After any of the last three, as after a subscription that ends with INTERRUPTED, a client subscribes again and reads the
feed again. A query sent after `subscribe` on the same connection sees every post that the subscription does not bring.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeGuard

from graphql import GraphQLError
from starlette.websockets import WebSocketDisconnect, WebSocketState
from strawberry.types import ExecutionResult
from structlog.contextvars import bound_contextvars, get_contextvars

from compat.strawberry.results import PreExecutionError
from compat.strawberry.websockets import (
    ASGIWebSocketAdapter,
    BaseGraphQLTransportWSHandler,
    ConnectionInitMessage,
    Message,
    Operation,
    SubscribeMessage,
    WebSocketDisconnected,
)
from schema.context import RequestContext
from schema.execution.budget import refusal_of
from serving.graphql.auth import MakeContext, bearer_token
from serving.graphql.parameters import Parameters
from serving.graphql.persisted_documents import DocumentRefused, PersistedDocuments
from serving.graphql.results import NoteAnswer, codes_of

MAX_OPERATIONS = 50  # concurrent, on one connection
MAX_REASON_BYTES = 123
TAKEN_WITHIN_S = 10.0
NOT_READ = 4900

INVALID = "This is no message of the protocol."
TOO_MANY = GraphQLError(
    f"At most {MAX_OPERATIONS} operations may be under way at once.", extensions={"code": "BAD_USER_INPUT"}
)


@dataclass(slots=True)
class Upgrade:
    """The opening of a connection. `anonymous` is the context of a request without a token."""

    upgrade_token: str | None = field(repr=False)
    anonymous: RequestContext
    connection_params: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def token(self) -> str | None:
        given = self.connection_params
        return bearer_token(given.get("Authorization", given.get("authorization"))) or self.upgrade_token


class Socket(ASGIWebSocketAdapter):
    def __init__(self, *args: Any, note_slow: Callable[[], None]) -> None:
        super().__init__(*args)
        self._note_slow = note_slow

    @property
    def _has_left(self) -> bool:
        return self.ws.application_state is WebSocketState.DISCONNECTED

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send the message.

        Raises:
            WebSocketDisconnected: Either end has closed the connection, the server because the client does not read.
        """
        if self._has_left:
            raise WebSocketDisconnected
        try:
            async with asyncio.timeout(TAKEN_WITHIN_S):
                await super().send_json(message)
        except TimeoutError:
            if not self._has_left:
                self._note_slow()
            await self.close(NOT_READ, "What you are sent is not read. Connect again, and read the feed again.")
            raise WebSocketDisconnected from None

    async def close(self, code: int, reason: str) -> None:
        """Close the connection if it is open. The reason is cut, since it may quote the client at any length."""
        if not self._has_left:
            with suppress(WebSocketDisconnect):
                await super().close(code, reason.encode()[:MAX_REASON_BYTES].decode(errors="ignore"))


class Protocol(BaseGraphQLTransportWSHandler[Upgrade, None]):
    """Gives each operation its own context and request id. The id begins with the connection's."""

    def __init__(
        self,
        *args: Any,
        make_context: MakeContext,
        registry: PersistedDocuments,
        note_answer: NoteAnswer,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._make_context = make_context
        self._registry = registry
        self._note_answer = note_answer
        self._request_id = get_contextvars().get("request_id", "")
        self._numbers = count(1)

    async def handle_message(self, message: object) -> None:
        if is_message(message):
            await super().handle_message(message)
        else:
            await self.handle_invalid_message(INVALID)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Begin the connection. A payload may also be null."""
        await super().handle_connection_init({"type": "connection_init", "payload": message.get("payload") or {}})

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        id, payload = message["id"], message["payload"]
        if len(self.operations) >= MAX_OPERATIONS and id not in self.operations:
            await self.send_message(refusal(id, TOO_MANY))
            return
        if self.connection_acknowledged:
            try:
                text = self._registry.text(Parameters.of(payload))
            except DocumentRefused as error:
                await self.send_message(refusal(id, GraphQLError(str(error), extensions={"code": error.code})))
                return
            if text is None:
                await self.handle_invalid_message(INVALID)
                return
            payload["query"] = text
        await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Upgrade, None]) -> None:
        request_id = f"{self._request_id}.{next(self._numbers)}"
        with bound_contextvars(request_id=request_id), suppress(WebSocketDisconnected):
            try:
                await self._answer(operation)
            except WebSocketDisconnected:
                raise
            except Exception as error:  # includes documents that do not parse
                refused = ExecutionResult(data=None, errors=[refusal_of(error, self.schema)])
                self._note_errors(operation, refused)
                await operation.send_initial_errors(refused.errors or [])

    def _note_errors(self, operation: Operation[Upgrade, None], result: ExecutionResult) -> None:
        if codes := codes_of(result):
            self._note_answer(self._registry.operation_names.find(operation.query), codes, None)

    async def _answer(self, operation: Operation[Upgrade, None]) -> None:
        anonymous = self.context.anonymous
        anonymous.allow_here(anonymous.services.rates.request)  # RateLimitMiddleware counts only the upgrade
        results = await self.schema.stream(
            operation.query,
            variable_values=operation.variables,
            context_value=await self._make_context(self.context.token, anonymous.caller),
            operation_name=operation.operation_name,
        )
        async with aclosing(results):
            async for result in results:
                assert isinstance(result, ExecutionResult), "results are not sent in parts"
                self._note_errors(operation, result)
                if isinstance(result, PreExecutionError):
                    await operation.send_initial_errors(result.errors or [])
                else:
                    await operation.send_next(result)
        # Sends nothing after errors, which end the operation.
        await operation.send_operation_message({"id": operation.id, "type": "complete"})


def is_message(message: object) -> TypeGuard[Message]:
    """Return whether this is a valid message of a client."""
    match message:
        case {"type": "connection_init" | "ping" | "pong", **rest}:
            return isinstance(rest.get("payload"), dict | None)
        case {"type": "complete", "id": str(id)}:
            return id != ""
        case {"type": "subscribe", "id": str(id), "payload": {**payload}}:
            return (
                id != ""
                and all(isinstance(payload.get(name), str | None) for name in ("query", "documentId", "operationName"))
                and all(isinstance(payload.get(name), dict | None) for name in ("variables", "extensions"))
            )
    return False


def refusal(id: str, error: GraphQLError) -> Message:
    return {"id": id, "type": "error", "payload": [error.formatted]}
