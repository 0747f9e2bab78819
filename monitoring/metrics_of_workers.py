"""The metrics of a worker: its processes keep them in files, and the parent's admin port shows the sum."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from monitoring.metric_files import MetricFiles

TASK_BUCKETS_S = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
DELIVERY_BUCKETS_S = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800)
SUCCEEDED, FAILED, TIMED_OUT, LOST = OUTCOMES = ("succeeded", "failed", "timed_out", "lost")


class WorkerMetrics:
    """The metrics of one process of a worker, in the directory that `sharing_metrics` has prepared."""

    def __init__(self, directory: Path, *, tasks: Collection[str], sweeps: Collection[str]) -> None:
        self.files = MetricFiles(directory)  # before the metrics
        self._sweeps = frozenset(sweeps)
        registry = CollectorRegistry()
        self._ended = Counter("tweeter_tasks", "Tasks that have ended", ["task", "outcome"], registry=registry)
        self._seconds = Histogram(
            "tweeter_task_seconds", "Duration of tasks", ["task"], buckets=TASK_BUCKETS_S, registry=registry
        )
        self._repeated = Counter(
            "tweeter_tasks_redelivered", "Tasks whose message came again", ["task"], registry=registry
        )
        self._swept_at = Gauge(
            "tweeter_sweep_timestamp_seconds",
            "When a sweep last succeeded",
            ["task"],
            registry=registry,
            multiprocess_mode="max",
        )
        self._found = Counter("tweeter_sweep_messages", "Messages that a sweep has sent", ["task"], registry=registry)
        self._delivery = Histogram(
            "tweeter_delivery_seconds",
            "From the time of a post to its last entry",
            buckets=DELIVERY_BUCKETS_S,
            registry=registry,
        )
        self._running = Gauge(
            "tweeter_tasks_running", "Tasks that are being run", registry=registry, multiprocess_mode="livesum"
        )
        self._processes = Gauge(
            "tweeter_worker_processes", "Processes that run tasks", registry=registry, multiprocess_mode="livesum"
        )
        for task in tasks:  # shown as 0 until the first
            for outcome in OUTCOMES:
                self._ended.labels(task, outcome)
            self._repeated.labels(task)
        for task in sweeps:
            self._found.labels(task)

    def note_start(self) -> None:
        """Count this process among those that run tasks."""
        self._processes.set(1)

    def note_delivery(self, seconds: float) -> None:
        self._delivery.observe(seconds)

    def note_sweep(self, task: str, messages: int) -> None:
        """Note that a task has succeeded, if it is a sweep, and how many messages it returned."""
        if task in self._sweeps:
            self._swept_at.labels(task).set_to_current_time()
            self._found.labels(task).inc(messages)

    def note_killed(self, task: str, outcome: str) -> None:
        """Count a task whose process was killed: TIMED_OUT or LOST."""
        self._ended.labels(task, outcome).inc()

    @contextmanager
    def running(self, task: str, *, is_redelivered: bool) -> Iterator[None]:
        """Measure a task, which runs within the context.

        One that is ended with its process is not counted here: the parent counts it as TIMED_OUT or LOST.
        """
        if is_redelivered:
            self._repeated.labels(task).inc()
        began = time.perf_counter()
        self._running.set(1)
        try:
            yield
        except Exception:
            self._ended.labels(task, FAILED).inc()
            raise
        else:
            self._ended.labels(task, SUCCEEDED).inc()
        finally:
            self._running.set(0)
            self._seconds.labels(task).observe(time.perf_counter() - began)
