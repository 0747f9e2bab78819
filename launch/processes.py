"""A child process that leads its own session and process group."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass


@dataclass(slots=True)
class Process:
    """The leader of a process group.

    A leader that has ended is reaped only after its group was signalled. While it is a zombie, the kernel does not
    reuse its number.
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
        """Return whether the leader has ended. Does not reap it."""
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
        """Send SIGKILL to the rest of the group, reap the leader and return its exit status."""
        if self.child.returncode is None:
            self.signal_group(signal.SIGKILL)
        return self.child.wait()

    def is_gone(self) -> bool:
        """Return whether the group has ended. Call it after `bury`."""
        return not self.signal_group(0)

    def signal_group(self, number: int) -> bool:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM if only zombies are left
            os.killpg(self.pid, number)
            return True
        return False


def ending(status: int) -> str:
    """Return in words how a process ended."""
    if status < 0:
        try:
            return f"was killed by {signal.Signals(-status).name}"
        except ValueError:
            return f"was killed by signal {-status}"  # a real-time signal has no name
    return f"ended with exit status {status}"
