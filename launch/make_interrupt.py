"""What GNU make keeps from the command that it runs.

It passes SIGTERM on. But a SIGINT sent to it alone (`kill -INT`, a program that imitates Ctrl-C) it keeps to itself,
puts its own handling of it back to the default, and waits for the command for ever. Killed, it says nothing at all.

Kept by hand: `exec` in a recipe replaces the shell that make has started, not make.
"""

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path


def make_has_given_up(environment: Mapping[str, str] = os.environ) -> Callable[[], bool]:
    """A question to ask now and then; always no where the parent is not make, or not on Linux."""
    make = os.getppid()
    if "MAKELEVEL" not in environment or not _is_make(make) or not _catches_interrupt(make):
        return lambda: False
    return lambda: os.getppid() != make or not _catches_interrupt(make)


def _is_make(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() in ("make", "gmake")
    except OSError:
        return False


def _catches_interrupt(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = next((line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")), "0")
    return bool(int(caught, 16) >> (signal.SIGINT - 1) & 1)
