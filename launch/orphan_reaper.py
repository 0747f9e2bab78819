"""Ends the processes of a supervisor that was killed or has crashed.

Run as a script. Each line of its input is a number: a process group to register, the negative number of one to remove,
or 0 to remove all. The input ends when the supervisor ends. Then the group leaders get SIGTERM. When they have ended,
or after some seconds, the rest of their groups gets SIGKILL, since children are not told when their leader is killed.

The kernel may reuse the number of a group that has ended. The start time of the leader tells both apart.
"""

import os
import signal
import sys
import time
from pathlib import Path

GRACE_SECONDS = 5.0


def main() -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    groups: dict[int, str] = {}
    for line in sys.stdin:
        number = int(line)
        if number > 0:
            groups[number] = started_at(number)
        elif number < 0:
            groups.pop(-number, None)
        else:
            groups.clear()
    for group in groups:
        if is_same(group, groups):
            send(group, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(is_same(group, groups) and send(group, 0) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.1)
    for group in groups:
        if is_same(group, groups):
            send(-group, signal.SIGKILL)


def started_at(pid: int) -> str:
    """Return the start time of the process in ticks since boot. Empty if there is no such process or no Linux."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19].decode()
    except OSError:
        return ""


def is_same(group: int, groups: dict[int, str]) -> bool:
    """Return whether the number still belongs to the group. Members keep the number after the leader has ended."""
    return started_at(group) in ("", groups[group])


def send(pid: int, signal_number: int) -> bool:
    try:
        os.kill(pid, signal_number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
