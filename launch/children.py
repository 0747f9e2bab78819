import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from launch.servers import tethered
from launch.terminal import Terminal

GRACE_SECONDS = 5.0
_UNDERTAKER = str(Path(__file__).with_name("undertaker.py"))
Guard = Callable[[int], None]


@dataclass(slots=True)
class Child:
    """A running line of the Procfile, leader of a session and of a process group."""

    name: str
    child: subprocess.Popen[bytes]
    reader: Thread

    @property
    def pid(self) -> int:
        return self.child.pid

    def poll(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self.child.poll()

    def bury(self) -> None:
        """SIGKILL to all that is left of its group, even where the leader has ended by itself."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.child.wait()
        self.reader.join(1)


def start_child(
    name: str, command: str, *, directory: Path, environment: Mapping[str, str], terminal: Terminal
) -> Child:
    child = subprocess.Popen(  # noqa: S603
        tethered(["/bin/sh", "-c", f"exec {command}"]),
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # a terminal's Ctrl-C reaches the supervisor alone, which stops the others in order
    )
    reader = Thread(target=_show_output, args=(name, child, terminal), daemon=True, name=f"output of {name}")
    reader.start()
    return Child(name, child, reader)


def stop_children(children: Sequence[Child], *, hurried: Callable[[], bool]) -> None:
    """All at once, in little more than `GRACE_SECONDS`; at once where hurried."""
    for each in children:
        # The leader alone: SIGTERM to the group would kill Celery's prefork children in the middle of a task, and its
        # warm shutdown would wait for them for ever.
        each.child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    while any(each.poll() is None for each in children) and time.monotonic() < deadline and not hurried():
        time.sleep(0.05)
    for each in children:
        each.bury()


@contextmanager
def undertaker() -> Iterator[Guard]:
    """Ends the process groups it was told of, should we end without leaving this context: by SIGKILL, say."""
    watch = subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", _UNDERTAKER], stdin=subprocess.PIPE, start_new_session=True
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
