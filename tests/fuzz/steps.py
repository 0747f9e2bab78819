"""Counts the work of the process, independent of the machine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import graphql
import strawberry

import schema

ROOMS = tuple(str(Path(package.__file__).parent) for package in (graphql, strawberry, schema) if package.__file__)


class TooMany(BaseException):
    """The code has taken more steps than expected. It is no Exception, so that the code does not catch it."""


class Steps:
    taken = 0


@contextmanager
def counted(*, most: int) -> Iterator[Steps]:
    """Count the calls that graphql-core, Strawberry and our schema make in this thread.

    Raises:
        TooMany: There are more than `most` calls.
    """
    steps = Steps()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event in ("call", "c_call") and frame.f_code.co_filename.startswith(ROOMS):
            steps.taken += 1
            if steps.taken > most:
                raise TooMany(f"more than {most:,} steps")

    sys.setprofile(note)
    try:
        yield steps
    finally:
        sys.setprofile(None)
