"""Beat as a real process, and its schedule under a clock that is set back."""

import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from celery import Celery
from celery.beat import Scheduler
from redis import Redis

from settings import Settings
from tasks.broker import make_celery
from tasks.cores import SWEEP_EVERY_S
from tasks.messages import MAINTENANCE
from tasks.sweeps import monotonic_now, sweeps
from tests.pipeline.stack import stack
from tests.waiting import bounded, wait_for

SWEEPS = set(SWEEP_EVERY_S)


def sent(redis_url: str) -> Counter[str]:
    """Return the number of messages of each task in the queue."""
    with Redis.from_url(redis_url) as redis:
        messages = redis.lrange(MAINTENANCE, 0, -1)
    return Counter(json.loads(message)["headers"]["task"] for message in messages)


def test_a_running_beat_sends_every_sweep_and_again_when_it_is_due(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "beat") as running:
        wait_for(lambda: sent(settings.redis_url)["fan_out.sweep"] >= 3)
        counts = sent(settings.redis_url)
        assert [file.name for file in running.settings.data_dir.iterdir() if file.name != "redis"] == ["beat.log"]
    assert set(counts) == SWEEPS
    assert {counts[name] for name, every_s in SWEEP_EVERY_S.items() if every_s > 120} == {1}


def test_a_restarted_beat_sends_every_sweep_again(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "beat") as running:
        wait_for(lambda: set(sent(settings.redis_url)) == SWEEPS)
        running.kill("beat")
        running.start("beat")
        wait_for(lambda: min(sent(settings.redis_url)[name] for name in SWEEPS) >= 2)


def test_every_sweep_is_scheduled_once() -> None:
    assert Counter(entry["task"] for entry in sweeps().values()) == Counter(SWEEPS)


def test_a_sweep_does_not_expire_on_a_worker_with_a_fast_clock() -> None:
    assert min(entry["options"]["expires"] for entry in sweeps().values()) >= 60


def test_intervals_are_measured_by_the_monotonic_clock() -> None:
    began = time.monotonic()
    now = monotonic_now().timestamp()
    assert began - 0.001 <= now <= time.monotonic() + 0.001


@pytest.mark.parametrize("by", [timedelta(days=-1), timedelta(days=1)])
def test_a_change_of_the_clock_changes_no_interval(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    celery = make_celery(settings.redis_url)
    celery.conf.beat_schedule = sweeps()
    scheduler = Scheduler(celery)
    for _ in bounded():
        if scheduler.tick():  # everything due at the start has been sent
            break
    before = sent(settings.redis_url)

    monkeypatch.setattr(Celery, "now", lambda _: datetime.now(UTC) + by)
    until_next_s = scheduler.tick()
    assert 0 < until_next_s <= min(SWEEP_EVERY_S.values())
    assert sent(settings.redis_url) == before
    scheduler.close()
