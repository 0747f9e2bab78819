"""Prepares the directory in which several processes keep their metrics, so that any of them can show the sum."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import OperatorError
from monitoring.metric_files import VARIABLE


class MetricsDirectoryError(OperatorError):
    """The directory of the metrics cannot be written. The message names the variable to change."""


@contextmanager
def sharing_metrics(directory: Path) -> Iterator[Path]:
    """Let processes that start within the context share the directory. It is emptied before and removed after.

    No other server may use the directory.

    Raises:
        MetricsDirectoryError: The directory cannot be made.
    """
    directory = directory.absolute()
    try:
        if directory.exists():
            shutil.rmtree(directory)  # left by killed processes
        directory.mkdir(parents=True)
    except OSError as error:
        raise MetricsDirectoryError(
            f"{directory} cannot be made anew ({error.strerror}): set DATA_DIR to a directory that can be written"
        ) from None
    os.environ[VARIABLE] = str(directory)
    try:
        yield directory
    finally:
        del os.environ[VARIABLE]
        shutil.rmtree(directory, ignore_errors=True)
