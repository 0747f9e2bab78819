"""Starts one embedded server per directory, which holds its port, log and files."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launch.errors import LaunchError
from launch.ports import is_free, remembered_port
from launch.processes import Process
from launch.signals import signals_delayed

START_SECONDS = 60.0
STOP_SECONDS = 10.0
PORT_ATTEMPTS = 5
_DIE_WITH_PARENT = str(Path(__file__).with_name("die_with_parent.py"))


Program = Callable[[Path, int], list[str]]


@dataclass(slots=True)
class Server(Process):
    """A running server. It also ends when the thread that started it ends, so use a thread that stays."""

    url: str
    port: int
    directory: Path
    program: Program

    @property
    def log(self) -> Path:
        return self.directory / "log"

    def restart(self) -> bool:
        """Start a dead server again on its port and files. Does not wait until it answers.

        Returns:
            False while another process holds the directory. Try again later.

        Raises:
            OSError: The process cannot be started.
        """
        lock = _try_lock(self.directory)
        if lock is None:
            return False
        try:
            self.child = _spawn(self.program(self.directory, self.port), directory=self.directory, lock=lock)
        finally:
            os.close(lock)
        return True

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Send SIGTERM. Send SIGKILL if it has not ended after `seconds`."""
        self.child.terminate()
        try:
            self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Send SIGKILL, which ends it as suddenly as a power failure."""
        self.child.kill()
        self.child.wait()


Answers = Callable[[Server], bool]


def dies_with_parent(program: Sequence[str]) -> list[str]:
    """Return a command for the program that gets SIGTERM when this thread ends, even by SIGKILL (Linux only)."""
    return [sys.executable, "-I", "-S", _DIE_WITH_PARENT, str(os.getpid()), *program]


def start_server(
    name: str, *, directory: Path, url: str, port: int | None, program: Program, answers: Answers, seconds: float
) -> Server:
    """Start a server and wait until it answers. The url has the placeholder `{port}`.

    Raises:
        LaunchError: Another server holds the directory, or the server dies or does not answer in time.
    """  # noqa: DOC501  # the AssertionError marks unreachable code
    directory = directory.absolute()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for attempt in range(PORT_ATTEMPTS):
        server: Server | None = None
        try:
            with _directory_lock(directory) as lock, signals_delayed():
                chosen = port or remembered_port(directory / "port")
                child = _spawn(program(directory, chosen), directory=directory, lock=lock)
                server = Server(name, child, url.format(port=chosen), chosen, directory, program)
            wait_until(lambda server=server: answers(server), server=server, seconds=seconds)  # type: ignore[misc]
        except BaseException as error:
            if server is None:
                raise
            server.kill()
            # Another process may have taken the port after `is_free` was called.
            taken = isinstance(error, LaunchError) and not is_free(server.port)
            if taken and port is None and attempt + 1 < PORT_ATTEMPTS:
                continue
            raise
        (directory / "port").write_text(str(server.port))
        return server
    raise AssertionError("the last attempt returns or raises")


def _spawn(program: list[str], *, directory: Path, lock: int) -> subprocess.Popen[bytes]:
    log = directory / "log"
    if log.exists():
        log.replace(directory / "log.previous")
    with log.open("wb") as output:
        return subprocess.Popen(  # noqa: S603
            dies_with_parent(program),
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so a terminal's Ctrl-C reaches only the supervisor
            pass_fds=(lock,),
        )


def wait_until(answers: Callable[[], bool], *, server: Server, seconds: float) -> None:
    """Wait until `answers` returns true.

    Raises:
        LaunchError: The server died, or did not answer within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while not answers():
        if server.poll() is not None:
            raise LaunchError(
                f"{server.name} died while starting (exit status {server.poll()}):\n{_last_lines(server)}"
            )
        if time.monotonic() > deadline:
            raise LaunchError(f"{server.name} is not ready after {seconds:.0f} s:\n{_last_lines(server)}")
        time.sleep(0.05)


@contextmanager
def _directory_lock(directory: Path) -> Iterator[int]:
    deadline = time.monotonic() + STOP_SECONDS
    while (lock := _try_lock(directory)) is None:
        if time.monotonic() > deadline:
            raise LaunchError(f"another server is running in {directory}: stop it first")
        time.sleep(0.05)
    try:
        yield lock
    finally:
        os.close(lock)


def _try_lock(directory: Path) -> int | None:
    # The server inherits the locked file. So the lock lasts as long as the server, even if this process is killed, and
    # the next server waits for the last writes of the previous one.
    file = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    except BaseException:
        os.close(file)
        raise
    return file


def _last_lines(server: Server, count: int = 8) -> str:
    lines = server.log.read_text(errors="replace").splitlines()
    return "\n".join(f"  {line[:300]}" for line in lines[-count:]) or "  (its log is empty)"
