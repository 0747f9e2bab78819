"""How much memory a process and its children hold (Linux)."""

import os
from pathlib import Path

PGRP = 2  # the field of /proc/PID/stat after the parenthesis: state, parent, group


def resident_mib(group: int) -> float:
    """Resident memory of the process group, in MiB; pages that its processes share count in each."""
    pages = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            if int((entry / "stat").read_text().rpartition(")")[2].split()[PGRP]) == group:
                pages += int((entry / "statm").read_text().split()[1])
        except OSError:
            continue  # it has ended
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
