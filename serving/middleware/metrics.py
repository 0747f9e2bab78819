"""What Prometheus scrapes at /metrics. With several web processes, each answers for itself."""

from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAMED = ("text/event-stream", "multipart/mixed")
CLIENT_LEFT = 499  # no answer was sent, as nginx counts it
BUCKETS_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._responses = Counter(
            "tweeter_http_responses", "Responses by path and status", ["path", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "tweeter_http_seconds",
            "Time to the end of a response",
            ["path"],
            buckets=BUCKETS_S,
            registry=self._registry,
        )
        self.in_flight = Gauge(
            "tweeter_posts_in_flight", "Posts whose fan-out is not complete, up to 100,000", registry=self._registry
        )
        self.subscriptions = Gauge("tweeter_subscriptions", "Subscriptions that are open", registry=self._registry)
        self.connections = Gauge("tweeter_connections", "Connections that are open", registry=self._registry)
        self.slow_readers = Counter(
            "tweeter_slow_readers", "Subscribers dropped because they read too slowly", registry=self._registry
        )
        self.clock_offset = Gauge(
            "tweeter_clock_offset_seconds", "How far the clock is ahead of MongoDB's", registry=self._registry
        )

    def observe(self, path: str, status: int, seconds: float) -> None:
        self._responses.labels(path, status).inc()
        self._seconds.labels(path).observe(seconds)

    def text(self) -> bytes:
        return generate_latest(self._registry)


class MetricsMiddleware:
    """ASGI middleware; the label is the route's path, since of others a stranger could make any number."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
