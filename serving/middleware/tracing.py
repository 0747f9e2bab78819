"""Opens a span for each request, if traces are exported."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from tracing import spans

METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
OTHER_METHOD = "_OTHER"  # as OpenTelemetry's conventions say: a stranger's text would be a label


class TracingMiddleware:
    """ASGI middleware. If it `continues`, a request's `traceparent` decides on the trace and whether it is recorded."""

    def __init__(self, app: ASGIApp, *, continues: bool) -> None:
        self._app = app
        self._continues = continues

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not spans.is_on():
            await self._app(scope, receive, send)
            return
        parent = Headers(scope=scope).get("traceparent", "") if self._continues else ""
        method = scope["method"] if scope["method"] in METHODS else OTHER_METHOD
        with spans.continued(method, kind="server", traceparent=parent) as span:
            if span is None:
                await self._app(scope, receive, send)
                return

            async def note_status(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.add({"http.response.status_code": message["status"]})
                    if message["status"] >= 500:
                        span.fail(str(message["status"]))
                await send(message)

            with bound_contextvars(trace_id=span.trace_id):
                try:
                    await self._app(scope, receive, note_status)
                finally:
                    path = getattr(scope.get("route"), "path", "other")
                    span.rename(f"{method} {path}")
                    span.add({"http.request.method": method, "http.route": path})
