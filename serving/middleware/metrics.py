"""The metrics that Prometheus scrapes at /metrics. Each of several web processes shows the sum of all.

A single process keeps its metrics in memory, which needs no directory and costs 3 µs per request. Several processes
keep them in files, which costs 5 µs.
"""

import os
from collections.abc import Collection
from pathlib import Path
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.middleware.metric_files import VARIABLE, MetricFiles

STREAMED = ("text/event-stream", "multipart/mixed")
CLIENT_LEFT = 499  # no answer was sent, as nginx counts it
BUCKETS_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        directory = os.environ.get(VARIABLE)
        self._files = MetricFiles(Path(directory)) if directory else None
        self.open_connections: Collection[object] = ()
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
            "tweeter_posts_in_flight",
            "Posts whose fan-out is not complete, up to 100,000",
            registry=self._registry,
            multiprocess_mode="mostrecent",  # all processes count the same posts
        )
        self.subscriptions = Gauge(
            "tweeter_subscriptions",
            "Subscriptions that are open",
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self.connections = Gauge(
            "tweeter_connections", "Connections that are open", registry=self._registry, multiprocess_mode="livesum"
        )
        self.slow_readers = Counter(
            "tweeter_slow_readers", "Subscribers dropped because they read too slowly", registry=self._registry
        )
        self.clock_offset = Gauge(
            "tweeter_clock_offset_seconds",
            "How far the clock is ahead of MongoDB's",
            registry=self._registry,
            multiprocess_mode="mostrecent",
        )

    def observe(self, path: str, status: int, seconds: float) -> None:
        self._responses.labels(path, status).inc()
        self._seconds.labels(path).observe(seconds)

    def count_open(self, *, subscriptions: int) -> None:
        """Set the gauges of this process. Other processes show them in scrapes, so call it at regular intervals."""
        self.subscriptions.set(subscriptions)
        self.connections.set(len(self.open_connections))

    def text(self) -> bytes:
        if self._files is None:
            return generate_latest(self._registry)
        everyone = CollectorRegistry()
        everyone.register(self._files)
        return generate_latest(everyone)


class MetricsMiddleware:
    """ASGI middleware; the label is the route's path, since of others a stranger could make any number."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
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
