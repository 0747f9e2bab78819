"""Measures a worker: its parent, which has the admin port, and the processes that the parent forks."""

import socket
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from monitoring.admin_server import admin_server
from monitoring.metrics_directory import sharing_metrics
from monitoring.metrics_of_workers import LOST, TIMED_OUT, WorkerMetrics

VARIABLE = "WORKER_ADMIN_PORT"


class WorkerMonitor:
    """Measures nothing before `start`, and nothing at all if the port is 0."""

    def __init__(
        self, directory: Path, *, host: str, port: int, token: str, tasks: Collection[str], sweeps: Collection[str]
    ) -> None:
        self._directory = directory / f"worker-{port}"  # no other worker can listen on the port
        self._host, self._port, self._token = host, port, token
        self._tasks, self._sweeps = tasks, sweeps
        self._open = self._parents = ExitStack()
        self._listening: socket.socket | None = None
        self._metrics: WorkerMetrics | None = None
        self.is_ready = False

    def start(self) -> None:
        """Begin in the parent, before it forks.

        Raises:
            AdminPortError: The port cannot be listened on.
            MetricsDirectoryError: The directory of the metrics cannot be made.
        """
        if not self._port:
            return
        directory = self._open.enter_context(sharing_metrics(self._directory))
        self._metrics = WorkerMetrics(directory, tasks=self._tasks, sweeps=self._sweeps)
        self._listening = self._open.enter_context(
            admin_server(
                self._host,
                self._port,
                variable=VARIABLE,
                registry=self._metrics.files.registry(),
                ready=lambda: (self.is_ready, "takes tasks" if self.is_ready else "takes no tasks"),
                token=self._token,
            )
        )

    def continue_in_child(self) -> None:
        """Begin in a forked process: with metrics of its own, and without the parent's port."""
        if self._listening is None or self._metrics is None:
            return
        self._listening.close()
        self._parents = self._open.pop_all()  # not closed, and kept: a generator that is collected would close its part
        self._metrics = WorkerMetrics(self._metrics.files.directory, tasks=(), sweeps=self._sweeps)
        self._metrics.note_start()

    def stop(self) -> None:
        """End in the parent. Does nothing in a forked process."""
        self._open.close()

    @contextmanager
    def running(self, task: str, *, is_redelivered: bool) -> Iterator[None]:
        """Measure the task that runs within the context."""
        if self._metrics is None:
            yield
            return
        with self._metrics.running(task, is_redelivered=is_redelivered):
            yield

    def note_sweep(self, task: str, messages: int) -> None:
        if self._metrics is not None:
            self._metrics.note_sweep(task, messages)

    def note_delivery(self, seconds: float) -> None:
        if self._metrics is not None:
            self._metrics.note_delivery(seconds)

    def note_timeout(self, task: str) -> None:
        if self._metrics is not None:
            self._metrics.note_killed(task, TIMED_OUT)

    def note_loss(self, task: str) -> None:
        if self._metrics is not None:
            self._metrics.note_killed(task, LOST)
