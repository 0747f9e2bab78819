"""The metrics of web processes. Each of several web processes shows the sum of all.

A single process keeps its metrics in memory, which needs no directory and costs 3 µs per request. Several processes,
and those with an admin port, keep them in files, which costs 5 µs.
"""

import os
from collections.abc import Collection, Iterable, Mapping
from math import nan
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from monitoring.metric_files import VARIABLE, MetricFiles

BUCKETS_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)
OK = "OK"  # the code of an answer without errors


class WebMetrics:
    """`limits` are the names of the rate limits."""

    def __init__(self, *, limits: Iterable[str] = ()) -> None:
        self._registry = registry = CollectorRegistry()
        directory = os.environ.get(VARIABLE)
        self._files = MetricFiles(Path(directory)) if directory else None
        self.open_connections: Collection[object] = ()

        def histogram(name: str, text: str, label: str) -> Histogram:
            return Histogram(name, text, [label], buckets=BUCKETS_S, registry=registry)

        def shared(name: str, text: str, *labels: str) -> Gauge:
            """A gauge of something outside, which all processes see alike."""
            return Gauge(name, text, labels, registry=registry, multiprocess_mode="mostrecent")

        def summed(name: str, text: str, *labels: str) -> Gauge:
            return Gauge(name, text, labels, registry=registry, multiprocess_mode="livesum")

        self._responses = Counter(
            "tweeter_http_responses", "Responses by path and status", ["path", "status"], registry=registry
        )
        self._seconds = histogram("tweeter_http_seconds", "Time to the end of a response", "path")
        self._operation_seconds = histogram("tweeter_graphql_seconds", "Time of operations over HTTP", "operation")
        self._answers = Counter(
            "tweeter_graphql_answers", "Answers to operations by code", ["operation", "code"], registry=registry
        )
        self._refusals = Counter(
            "tweeter_rate_limit_refusals", "Calls refused by a rate limit", ["limit"], registry=registry
        )
        for limit in limits:
            self._refusals.labels(limit)  # shown as 0 until the first refusal
        self.slow_readers = Counter(
            "tweeter_slow_readers", "Subscribers dropped because they read too slowly", registry=registry
        )
        self.dropped = Counter("tweeter_messages_dropped", "Messages to workers that were not sent", registry=registry)
        self.loop_lag = Histogram(
            "tweeter_event_loop_lag_seconds",
            "How late the event loop ran a timer",
            buckets=BUCKETS_S,
            registry=registry,
        )
        self.subscriptions = summed("tweeter_subscriptions", "Subscriptions that are open")
        self.connections = summed("tweeter_connections", "Connections that are open")
        self._pool = summed("tweeter_mongodb_pool", "Connections to MongoDB, and operations that wait for one", "state")
        self._cached = summed("tweeter_cache_entries", "Entries of a cache in memory", "cache")
        self._server_up = shared("tweeter_server_up", "Whether a server answers", "server")
        self.in_flight = shared("tweeter_posts_in_flight", "Posts whose fan-out is not complete, up to 100,000")
        self.oldest_flight = shared("tweeter_oldest_flight_age_seconds", "Age of the oldest post in flight, or 0")
        self._queued = shared("tweeter_queue_messages", "Messages that wait in a queue of the broker", "queue")
        self.clock_offset = shared("tweeter_clock_offset_seconds", "How far the clock is ahead of MongoDB's")

    @property
    def is_first(self) -> bool:
        """Whether this is the process that counts, for all that share their metrics, what all of them see alike."""
        return self._files is None or self._files.is_first

    def observe(self, path: str, status: int, seconds: float) -> None:
        self._responses.labels(path, status).inc()
        self._seconds.labels(path).observe(seconds)

    def note_answer(self, operation: str, codes: Collection[str], seconds: float | None) -> None:
        """Count an answer to an operation by each of its error codes, or as OK. `seconds` is None for streams."""
        for code in codes or (OK,):
            self._answers.labels(operation, code).inc()
        if seconds is not None:
            self._operation_seconds.labels(operation).observe(seconds)

    def note_refusal(self, limit: str) -> None:
        self._refusals.labels(limit).inc()

    def note_pool(self, states: Mapping[str, int]) -> None:
        for state, number in states.items():
            self._pool.labels(state).set(number)

    def note_caches(self, entries: Mapping[str, int]) -> None:
        for cache, number in entries.items():
            self._cached.labels(cache).set(number)

    def note_servers(self, answers: Mapping[str, bool]) -> None:
        for server, is_up in answers.items():
            self._server_up.labels(server).set(is_up)

    def note_queues(self, names: Iterable[str], messages: Mapping[str, int] | None) -> None:
        """Set the length of each queue, or not-a-number if the broker does not answer."""
        for name in names:
            self._queued.labels(name).set(nan if messages is None else messages.get(name, 0))

    def text(self) -> bytes:
        return generate_latest(self._registry) if self._files is None else self._files.text()
