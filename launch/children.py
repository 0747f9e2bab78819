import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread

from launch.processes import Process
from launch.servers import dies_with_parent
from launch.terminal import Terminal

GRACE_SECONDS = 5.0
_ORPHAN_REAPER = str(Path(__file__).with_name("orphan_reaper.py"))
Guard = Callable[[int], None]


@dataclass(slots=True)
class Child(Process):
    """A running process of the Procfile."""

    reader: Thread
    again: Callable[[], "Child"]

    def is_gone(self) -> bool:
        """Return whether the process group has ended and all its output is shown."""
        return not self.signal_group(0) and not self.reader.is_alive()

    def restart(self) -> bool:
        """Start the same command again. The last process must have been buried.

        Raises:
            OSError: The process cannot be started.
        """
        started = self.again()
        self.child, self.reader = started.child, started.reader
        return True


def start_child(
    name: str, command: str, *, directory: Path, environment: Mapping[str, str], terminal: Terminal
) -> Child:
    child = subprocess.Popen(  # noqa: S603
        dies_with_parent(["/bin/sh", "-c", f"exec {command}"]),
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # so a terminal's Ctrl-C reaches only the supervisor, which stops the others in order
    )
    reader = Thread(target=_show_output, args=(name, child, terminal), daemon=True, name=f"output of {name}")
    reader.start()
    again = partial(start_child, name, command, directory=directory, environment=environment, terminal=terminal)
    return Child(name, child, reader, again)


def stop_children(children: Sequence[Child], *, hurried: Callable[[], bool]) -> None:
    """Stop all children concurrently, within little more than `GRACE_SECONDS`, or at once if hurried."""
    for each in children:
        # To the leader only: SIGTERM to the group would kill Celery's prefork children in the middle of a task, and its
        # warm shutdown would wait for them for ever.
        each.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    while not all(each.has_ended() for each in children) and time.monotonic() < deadline and not hurried():
        time.sleep(0.05)
    for each in children:
        each.bury()
    for each in children:
        each.reader.join(1)


@contextmanager
def orphan_reaper() -> Iterator[Guard]:
    """Start a process that ends the registered process groups if this process dies in the context (SIGKILL).

    The guard takes the number of a group to register, or its negative to remove it.
    """
    watch = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", _ORPHAN_REAPER], stdin=subprocess.PIPE, start_new_session=True
    )

    def guard(number: int) -> None:
        if watch.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                os.write(watch.stdin.fileno(), f"{number}\n".encode())

    try:
        yield guard
    finally:
        guard(0)
        with watch:
            pass  # closes its input and waits for it


def _show_output(name: str, child: subprocess.Popen[bytes], terminal: Terminal) -> None:
    if child.stdout is not None:
        with child.stdout as lines:
            while line := lines.readline(65_536):
                terminal.show(name, line)
