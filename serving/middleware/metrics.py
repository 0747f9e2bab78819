"""Measures each request."""

from time import perf_counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitoring.metrics_of_web import WebMetrics

STREAMED = ("text/event-stream", "multipart/mixed")
CLIENT_LEFT = 499  # no answer was sent, as nginx counts it


class MetricsMiddleware:
    """ASGI middleware; the label is the route's path, since of others a stranger could make any number."""

    def __init__(self, app: ASGIApp, *, metrics: WebMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            self._metrics.open_connections = scope.get("state", {}).get("connections", ())
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, ended = CLIENT_LEFT, None
        began = perf_counter()

        async def note_status(message: Message) -> None:
            nonlocal status, ended
            if message["type"] == "http.response.start":
                status = message["status"]
                if Headers(raw=message["headers"]).get("content-type", "").startswith(STREAMED):
                    ended = perf_counter()  # its end is the client's affair
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        finally:
            path = getattr(scope.get("route"), "path", "other")
            self._metrics.observe(path, status, (ended or perf_counter()) - began)
