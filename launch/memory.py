"""The memory that this process may use: that of the machine, or less in a container."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc/self/cgroup")
MOUNTED = Path("/sys/fs/cgroup")
LIMIT_V2, LIMIT_V1 = "memory.max", "memory.limit_in_bytes"


def usable_memory(*, groups: Path = PROC, mounted: Path = MOUNTED) -> int:
    """Return the bytes of the machine, or the lowest limit of the control groups of this process."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *_limits(groups, mounted)])


def _limits(groups: Path, mounted: Path) -> Iterator[int]:
    """Yield the limits of the groups, of version 1 and 2, and of all groups around them.

    In a container, the file may name a group that is not mounted there. Its limit is then that of the mounted root.
    """
    try:
        lines = groups.read_text().splitlines()
    except OSError:  # another system than Linux
        return
    for line in lines:
        _, controllers, place = line.split(":", 2)
        if controllers == "":
            yield from _limits_up(mounted, place, LIMIT_V2)
        elif "memory" in controllers.split(","):
            yield from _limits_up(mounted / "memory", place, LIMIT_V1)


def _limits_up(root: Path, place: str, name: str) -> Iterator[int]:
    group = root / place.lstrip("/")
    for folder in (group, *group.parents):
        with suppress(OSError, ValueError):  # no such group, or no limit: `max`
            yield int((folder / name).read_text())
        if folder == root:
            break
