"""Measures memory and processor time of a process and its children (Linux)."""

import os
from collections.abc import Iterator
from pathlib import Path

# Fields of /proc/PID/stat after the parenthesis: state, parent, group, …
PGRP, UTIME, STIME = 2, 11, 12


def resident_bytes(group: int) -> int:
    """Return the resident memory of the process group. Shared pages count in each process."""
    pages = sum(int((process / "statm").read_text().split()[1]) for process, _ in _processes(group))
    return pages * os.sysconf("SC_PAGE_SIZE")


def cpu_seconds(group: int) -> float:
    """Return the processor time of the process group since its start, in seconds."""
    ticks = sum(int(stat[UTIME]) + int(stat[STIME]) for _, stat in _processes(group))
    return ticks / os.sysconf("SC_CLK_TCK")


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
