"""Ends what a supervisor leaves behind when it is killed itself, or crashes.

Run as a script. Its input names process groups, a line each, or says `0`: all were ended in order. The end of the
input is the end of the supervisor, whatever the cause. The leaders get SIGTERM, and when they are gone, or after some
seconds, whatever is left of their groups gets SIGKILL: of a leader that was killed, the kernel tells its children
nothing.
"""

import os
import signal
import sys
import time

GRACE_SECONDS = 5.0


def main() -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        if number := int(line):
            groups.add(number)
        else:
            groups.clear()
    for group in groups:
        send(group, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(send(group, 0) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.1)
    for group in groups:
        send(-group, signal.SIGKILL)


def send(pid: int, signal_number: int) -> bool:
    try:
        os.kill(pid, signal_number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
