"""Strawberry's handler of graphql-transport-ws, and the adapter between it and the socket.

Why: Strawberry documents how to enable the protocol, but not how to bound it: there is no limit of operations, no
deadline for a client that does not read, and no refusal of an invalid message. These can only be added in the
handler's methods.
Upstream: https://github.com/strawberry-graphql/strawberry/tree/0.341.2/strawberry/subscriptions/protocols/graphql_transport_ws
and https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/asgi/__init__.py
Tried with: strawberry-graphql 0.341.2.
"""

from collections.abc import Callable
from typing import Any

from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    Message,
    SubscribeMessage,
)

__all__ = [
    "ASGIWebSocketAdapter",
    "BaseGraphQLTransportWSHandler",
    "ConnectionInitMessage",
    "Message",
    "Operation",
    "SubscribeMessage",
    "WebSocketDisconnected",
    "use_websockets",
]


def use_websockets(view: GraphQL[Any, Any], *, adapter: Callable[..., Any], handler: Callable[..., Any]) -> None:
    """Make the view use these factories for adapters and handlers. They take the arguments of the classes they replace.

    Why: both classes are attributes of the view's class, so no argument can be passed to them.
    Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/http/async_base_view.py
    """
    view.websocket_adapter_class = adapter  # type: ignore[assignment]
    view.graphql_transport_ws_handler_class = handler  # type: ignore[assignment]
