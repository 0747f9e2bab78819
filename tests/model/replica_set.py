"""Failures of the database."""

from tests.model import writes
from tests.model.store import Program, Run, do


def replicate(run: Run) -> Program:
    yield do(writes.replicate)


def fail_over(run: Run) -> Program:
    yield do(writes.fail_over)


def outage(run: Run) -> Program:
    """Let inserts of entries fail for a while."""
    yield do(writes.refuse, True)
    yield do(writes.refuse, False)
