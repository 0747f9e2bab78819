"""Finds the command that uses a data directory, and its servers. `launch.running` writes the record."""

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

from settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A command that is using a data directory. Addresses are empty until their servers answer."""

    command: str
    pid: int
    web: str = ""
    mongodb_url: str = ""
    redis_url: str = ""
    broker_url: str = ""  # if it is empty, the broker is the Redis

    def __str__(self) -> str:
        at = f", {self.web}" if self.web else ""
        return f"`tweeter {self.command}` is running (pid {self.pid}{at})"


def find_running(data_dir: Path) -> Running | None:
    """Return the command that uses the directory, or None if none is running."""
    try:
        file = os.open(data_dir / "running.lock", os.O_RDWR)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return read_record(data_dir)
    finally:
        os.close(file)
    return None


def with_servers_of_up(settings: Settings) -> Settings:
    """Return the settings, with the servers of a running `tweeter up` for each address that is empty.

    Celery's commands, such as `celery -A worker status`, find the broker of `make run` this way. If the other address
    is of another system, nothing is filled in: a worker would run one system's messages on the other's data.
    """
    found = None if settings.mongodb_url and settings.redis_url else find_running(settings.data_dir)
    if found is None or found.command != "up":
        return settings
    filled = with_servers_of(found, settings)
    is_one_system = (filled.mongodb_url, filled.redis_url, filled.broker) == (
        found.mongodb_url,
        found.redis_url,
        found.broker_url or found.redis_url,
    )
    return filled if is_one_system else settings


def with_servers_of(found: Running, settings: Settings) -> Settings:
    """Return the settings with the command's servers for each address that is empty."""
    return settings.replace(
        mongodb_url=settings.mongodb_url or found.mongodb_url,
        redis_url=settings.redis_url or found.redis_url,
        broker_url=settings.broker_url or found.broker_url,
    )


def read_record(data_dir: Path) -> Running:
    """Return the record that the holder of the directory wrote, or a nameless one if it cannot be read."""
    try:
        return Running(**json.loads((data_dir / "running.json").read_text()))
    except (OSError, ValueError, TypeError):
        return Running(command="?", pid=0)
