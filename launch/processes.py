"""A child process that leads a session and a process group of its own."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass


@dataclass(slots=True)
class Process:
    """The leader of a process group.

    A leader that has ended is reaped no sooner than its group is signalled: as long as it is a zombie, the kernel gives
    its number to no other process.
    """

    name: str
    child: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self.child.pid

    def poll(self) -> int | None:
        """Return the exit status, negative for a signal, or None while it runs. Reaps it."""
        return self.child.poll()

    def has_ended(self) -> bool:
        """Whether the leader has ended. Does not reap it."""
        if self.child.returncode is not None:
            return True
        if not hasattr(os, "waitid"):  # macOS before Python 3.13
            return self.child.poll() is not None
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def terminate(self) -> None:
        """Send SIGTERM to the leader alone, unless it has been reaped."""
        if self.child.returncode is None:
            os.kill(self.pid, signal.SIGTERM)  # not Popen.terminate, which reaps first

    def bury(self) -> int:
        """Send SIGKILL to all that is left of the group, reap the leader and return its exit status."""
        if self.child.returncode is None:
            self.signal_group(signal.SIGKILL)
        return self.child.wait()

    def is_gone(self) -> bool:
        """Whether nothing is left of the group. For a group that has been buried."""
        return not self.signal_group(0)

    def signal_group(self, number: int) -> bool:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM if only zombies are left
            os.killpg(self.pid, number)
            return True
        return False


def ending(status: int) -> str:
    """Return how a process has ended, in words."""
    if status < 0:
        try:
            return f"was killed by {signal.Signals(-status).name}"
        except ValueError:
            return f"was killed by signal {-status}"  # a real-time signal has no name
    return f"ended with exit status {status}"
