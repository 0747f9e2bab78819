"""The tasks' entry with small numbers: a small world then has long ledgers, full windows and busy sweeps."""

from datetime import timedelta

from tasks import celebrities, fan_out, messages, trimming
from tasks.sweeps import beat_entry
from worker import celery as celery

fan_out.FAN_OUT_CHUNK = 20
fan_out.OVERDUE_AFTER = timedelta(seconds=5)
fan_out.BACKLOG = 100
trimming.TRIM_EVERY = 16
celebrities.STALLED_AFTER = timedelta(seconds=10)
messages.CHUNKS_PER_TASK = 1
EVERY_S = {"fan_out.sweep": 2.0, "feed.sweep": 5.0, "celebrity.sweep": 5.0, "counts.sweep": 4.0}
for name, every_s in EVERY_S.items():
    celery.conf.beat_schedule[name] = beat_entry(name, every_s)
