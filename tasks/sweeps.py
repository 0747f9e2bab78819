"""When beat sends each sweep: once when it starts, then at intervals."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from celery.schedules import schedule

from tasks.cores import SWEEP_EVERY_S

# A sweep that no worker has run by the next one is not needed any more. The worker's clock decides, and may be ahead of
# beat's: an expiry of seconds would discard every sweep.
EXPIRES_AFTER_AT_LEAST_S = 60


def sweeps() -> dict[str, dict[str, Any]]:
    """Return Celery's `beat_schedule`."""
    return {name: sweep(name, every_s) for name, every_s in SWEEP_EVERY_S.items()}


def sweep(task: str, every_s: float) -> dict[str, Any]:
    """Return an entry that is due when beat starts, which may never run for an hour, and then at intervals."""
    return {
        "task": task,
        "schedule": schedule(every_s, nowfun=monotonic_now),
        "last_run_at": monotonic_now() - timedelta(seconds=every_s),
        "options": {"expires": max(every_s, EXPIRES_AFTER_AT_LEAST_S)},
    }


def monotonic_now() -> datetime:
    """Return a time that a clock that is set back does not change. Its date means nothing."""
    return datetime.fromtimestamp(time.monotonic(), UTC)
