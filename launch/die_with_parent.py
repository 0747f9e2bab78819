"""Becomes another program that does not outlive the one that started it.

Run as a script: `die_with_parent.py PARENT_PID PROGRAM ARGUMENT...`. A script and not `Popen(preexec_fn=...)`, because
Python between fork and exec may deadlock where the parent has threads, and Python 3.12 warns of it.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, program: list[str]) -> None:
    if sys.platform == "linux":
        # SIGTERM and not SIGKILL: mongod and Redis close their files, Celery lets its running tasks end.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != parent:
        sys.exit(1)  # it died before the kernel knew of the wish
    # Python ignores these two, and a program begins with what was ignored before it.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    try:
        os.execvp(program[0], program)  # noqa: S606
    except OSError as error:
        sys.exit(f"{program[0]}: {error.strerror}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
