"""Executes a program that gets SIGTERM when its parent dies.

Run as a script: `die_with_parent.py PARENT_PID PROGRAM ARGUMENT...`. It is not `Popen(preexec_fn=...)`, because Python
code between fork and exec may deadlock if the parent has threads, and Python 3.12 warns of it.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, program: list[str]) -> None:
    if sys.platform == "linux":
        # Not SIGKILL: on SIGTERM mongod and Redis close their files, and Celery finishes running tasks.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != parent:
        sys.exit(1)  # the parent died before the request to the kernel
    # Python ignores these two signals, and a new program inherits ignored signals.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    try:
        os.execvp(program[0], program)  # noqa: S606
    except OSError as error:
        sys.exit(f"{program[0]}: {error.strerror}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
