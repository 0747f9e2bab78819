"""The files in which several web processes keep their metrics, so that a scrape of any of them shows the sum.

A process takes the first free slot and continues the counters of the process that held it before. So sums never fall,
and there are no more slots than processes that ran at once. A slot is a file lock, which the kernel releases when the
process ends or is killed.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from prometheus_client import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from compat.prometheus_client import keep_values_in

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client reads the directory from it


class MetricFiles(Collector):
    """The metric files of one process. Metrics that are created after it keep their values in its slot."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        slot, self._lock = _take_slot(directory)
        _forget_gauges(directory, slot)
        keep_values_in(slot)

    def collect(self) -> Iterable[Metric]:
        """Return the metrics of all processes: counters of running and ended ones, gauges of running ones."""
        for slot in {int(file.stem) for file in self._directory.glob("*.lock")}:
            if (lock := _lock(self._directory, slot)) is not None:
                _forget_gauges(self._directory, slot)
                os.close(lock)
        merged: Iterable[Metric] = MultiProcessCollector.merge(list(self._written()))  # type: ignore[no-untyped-call]  # it has no types
        return merged

    def _written(self) -> Iterator[str]:
        """Yield the files, except those that a process is creating: merge() fails on an empty file.

        Upstream: https://github.com/prometheus/client_python/issues/1199.
        """
        for file in self._directory.glob("*.db"):
            with suppress(FileNotFoundError):
                if file.stat().st_size:
                    yield str(file)


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
