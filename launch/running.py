"""Locks a data directory for one command, and records the addresses of its servers there."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from launch.errors import LaunchError
from running import Running, read_record

LOCK_SECONDS = 1.0


@contextmanager
def holding(data_dir: Path, command: str) -> Iterator[None]:
    """Hold the directory for this command during the context.

    Raises:
        LaunchError: It cannot be written, or another command holds it. The message names that command.
    """
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
    """Write the record that other commands read. Only its owner can read it, since addresses may hold passwords."""
    draft = data_dir / "running.json.new"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(running), file)
    draft.replace(data_dir / "running.json")


def _lock(file: int, data_dir: Path) -> None:
    # Retried for a moment, since commands that check for a running command also lock the file for an instant.
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LaunchError(f"{read_record(data_dir)} in {data_dir}: stop it first") from None
            time.sleep(0.05)
