"""The schedule of the sweeps: beat sends each one at its start and then at intervals."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from celery.schedules import schedule

from tasks.cores import SWEEP_EVERY_S

# A sweep expires when the next one is due. The worker's clock decides and may be ahead of beat's, so that an expiry of
# seconds could discard every sweep.
EXPIRES_AFTER_AT_LEAST_S = 60


def sweeps() -> dict[str, dict[str, Any]]:
    """Return Celery's `beat_schedule`."""
    return {name: beat_entry(name, every_s) for name, every_s in SWEEP_EVERY_S.items()}


def beat_entry(task: str, every_s: float) -> dict[str, Any]:
    """Return an entry that is due at once, since beat may never run for an hour, and then at intervals."""
    return {
        "task": task,
        "schedule": schedule(every_s, nowfun=monotonic_now),
        "last_run_at": monotonic_now() - timedelta(seconds=every_s),
        "options": {"expires": max(every_s, EXPIRES_AFTER_AT_LEAST_S)},
    }


def monotonic_now() -> datetime:
    """Return a monotonic time. Its date has no meaning."""
    return datetime.fromtimestamp(time.monotonic(), UTC)
