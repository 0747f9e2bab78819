"""Detects a SIGINT that GNU make does not pass on to its command.

make passes SIGTERM on. But it does not pass on a SIGINT sent only to make (`kill -INT`, a program that imitates
Ctrl-C). It resets its handler to the default and waits for the command for ever. A killed make passes nothing on.

Kept by hand: `exec` in a recipe replaces the shell that make has started, not make.
"""

import os
import signal
from collections.abc import Callable, Mapping
from pathlib import Path


def make_has_given_up(environment: Mapping[str, str] = os.environ) -> Callable[[], bool]:
    """Return a function that tells whether make was interrupted or has died.

    The function returns False if the parent is not make, or the system is not Linux.
    """
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
