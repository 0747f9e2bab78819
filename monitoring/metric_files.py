"""The files in which several processes of one kind keep their metrics, so that a scrape of any of them shows the sum.

A process takes the first free slot and continues the counters of the process that held it before. So sums never fall,
and there are no more slots than processes that ran at once. A slot is a file lock, which the kernel releases when the
process ends or is killed.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from compat.prometheus_client import keep_values_in

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client reads the directory from it

# A child that is forked while another thread holds the lock of a slot would hold it, too, until the child ends.
_no_fork = Lock()
os.register_at_fork(before=_no_fork.acquire, after_in_parent=_no_fork.release, after_in_child=_no_fork.release)


class MergedFiles(Collector):
    """The metrics in a directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def collect(self) -> Iterable[Metric]:
        """Return the metrics of all processes: counters of running and ended ones, gauges of running ones."""
        with _no_fork:
            for slot in {int(file.stem) for file in self.directory.glob("*.lock")}:
                if (lock := _lock(self.directory, slot)) is not None:
                    _forget_gauges(self.directory, slot)
                    os.close(lock)
        merged: Iterable[Metric] = MultiProcessCollector.merge(list(self._written()))  # type: ignore[no-untyped-call]  # it has no types
        return merged

    def text(self) -> bytes:
        """Return the metrics in Prometheus' text format."""
        return generate_latest(self.registry())

    def registry(self) -> CollectorRegistry:
        registry = CollectorRegistry()
        registry.register(self)
        return registry

    def _written(self) -> Iterator[str]:
        """Yield the files, except those that a process is creating: merge() fails on an empty file.

        Upstream: https://github.com/prometheus/client_python/issues/1199.
        """
        for file in self.directory.glob("*.db"):
            with suppress(FileNotFoundError):
                if file.stat().st_size:
                    yield str(file)


class MetricFiles(MergedFiles):
    """The metric files of one process. Metrics that are created after it keep their values in its slot."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self._slot, self._held = _take_slot(directory)
        _forget_gauges(directory, self._slot)
        keep_values_in(self._slot)

    @property
    def is_first(self) -> bool:
        """Whether no running process has a lower slot."""
        for lower in range(self._slot):
            with _no_fork:
                if (lock := _lock(self.directory, lower)) is None:
                    return False
                os.close(lock)
        return True


def _take_slot(directory: Path) -> tuple[int, int]:
    """Return the first free slot and its lock, a descriptor that stays open until the process ends."""
    slot = 0
    while (lock := _lock(directory, slot)) is None:
        slot += 1
    return slot, lock


def _lock(directory: Path, slot: int) -> int | None:
    """Return the lock of the slot, or None if a process holds it."""
    lock = os.open(directory / f"{slot}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def _forget_gauges(directory: Path, slot: int) -> None:
    """Remove the gauges of an ended process, such as its connections. The caller holds the lock."""
    mark_process_dead(slot, str(directory))  # type: ignore[no-untyped-call]  # nor has this
