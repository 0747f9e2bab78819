"""Strawberry's handler of graphql-transport-ws, and what stands between it and the socket.

Why: Strawberry documents how to switch the protocol on, and not how to bound it: no number of operations, no deadline
for a client that does not read, no refusal of a message that is none of the protocol. The handler's methods are the
only places to add that.
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
    """Let the view make its adapters and handlers with these, which are called like the classes that they replace.

    Why: both classes are attributes of the view's class, so that nothing could be passed to them.
    Upstream: https://github.com/strawberry-graphql/strawberry/blob/0.341.2/strawberry/http/async_base_view.py
    """
    view.websocket_adapter_class = adapter  # type: ignore[assignment]
    view.graphql_transport_ws_handler_class = handler  # type: ignore[assignment]
