"""Who uses a data directory now: a lock that lasts as long as its holder, and a record of where to find things."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from launch.errors import LaunchError

LOCK_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A command at work in a data directory. Addresses are empty until their servers answer."""

    command: str
    pid: int
    web: str = ""
    mongodb_url: str = ""
    redis_url: str = ""

    def __str__(self) -> str:
        at = f", {self.web}" if self.web else ""
        return f"`tweeter {self.command}` is running (pid {self.pid}{at})"


def find_running(data_dir: Path) -> Running | None:
    """The command that uses the directory; none where the last one is gone, however it ended."""
    try:
        file = os.open(data_dir / "running.lock", os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(data_dir)
    finally:
        os.close(file)
    return None


@contextmanager
def holding(data_dir: Path, command: str) -> Iterator[None]:
    """The directory is this command's own meanwhile. Errors: LaunchError, which says whose it is."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        file = os.open(data_dir / "running.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise LaunchError(f"DATA_DIR {data_dir} cannot be written: {error.strerror}") from None
    try:
        _lock(file, data_dir)
        record(data_dir, Running(command=command, pid=os.getpid()))
        yield
        (data_dir / "running.json").unlink(missing_ok=True)
    finally:
        os.close(file)


def record(data_dir: Path, running: Running) -> None:
    """For others to find. Addresses may hold passwords: the file is its owner's alone."""
    draft = data_dir / "running.json.new"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(running), file)
    draft.replace(data_dir / "running.json")


def _lock(file: int, data_dir: Path) -> None:
    # Tried for a moment: those who look whether anybody is running hold a lock of their own for an instant.
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LaunchError(f"{_read(data_dir)} in {data_dir}: stop it first") from None
            time.sleep(0.05)


def _read(data_dir: Path) -> Running:
    try:
        return Running(**json.loads((data_dir / "running.json").read_text()))
    except (OSError, ValueError, TypeError):
        return Running(command="?", pid=0)
