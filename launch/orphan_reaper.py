"""Ends what a supervisor leaves behind when it is killed itself, or crashes.

Run as a script. Each line of its input is a number: a process group to end, the negative number of one to forget, or 0
to forget all. The end of the input is the end of the supervisor, whatever the cause. The leaders get SIGTERM, and when
they are gone, or after some seconds, whatever is left of their groups gets SIGKILL: of a leader that was killed, the
kernel tells its children nothing.

A number may come to belong to another process once its group is gone. The start of the leader tells them apart.
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
    """Return when the process started, in ticks since the boot. Empty without such a process, or without Linux."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19].decode()
    except OSError:
        return ""


def is_same(group: int, groups: dict[int, str]) -> bool:
    """Whether the number still belongs to the group. Without a leader, members that are left keep the number."""
    return started_at(group) in ("", groups[group])


def send(pid: int, signal_number: int) -> bool:
    try:
        os.kill(pid, signal_number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
