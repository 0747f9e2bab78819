"""Measures memory and processor time of a process and its children (Linux)."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PGRP = 2  # the field of /proc/PID/stat after the parenthesis: state, parent, group, …
ALL_THREADS = 2  # the kind of a clock that counts the time in which the scheduler ran any thread of a process


def resident_bytes(group: int) -> int:
    """Return the resident memory of the process group. Shared pages count in each process."""
    pages = sum(int((process / "statm").read_text().split()[1]) for process, _ in _processes(group))
    return pages * os.sysconf("SC_PAGE_SIZE")


def cpu_seconds(group: int) -> float:
    """Return the processor time of the running processes of the group, in seconds.

    It is exact to nanoseconds. The ticks of /proc/PID/stat are as long as six pages.
    """
    total = 0.0
    for process, _ in _processes(group):
        with suppress(OSError):  # the process has ended
            total += time.clock_gettime(_clock_of(int(process.name)))
    return total


def _clock_of(process: int) -> int:
    """Return the number of the process's clock (clock_getcpuclockid(3), include/linux/posix-timers.h)."""
    return (~process << 3) | ALL_THREADS


def _processes(group: int) -> Iterator[tuple[Path, list[str]]]:
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(stat[PGRP]) == group:
                yield entry, stat
        except OSError:
            continue  # the process has ended
