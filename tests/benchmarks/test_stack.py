"""Stacks, and a whole part at a very small size. Measured values never fail a test."""

from dataclasses import replace
from pathlib import Path

from redis import Redis

from benchmarks.parts import live
from benchmarks.sizes import QUICK, LiveHub
from benchmarks.stack import running, settings_for, start_stack
from tasks.messages import FAN_OUT_LATER

SMALL = replace(QUICK, live=LiveHub(processes=2, subscriptions=20, audiences=(5, 20), posts=2))


def test_pairs_of_processes_do_not_share_messages(tmp_path: Path) -> None:
    with start_stack(tmp_path, say=lambda text: None) as stack:
        settings = settings_for(stack, "pair", redis_database=0, celebrity_threshold=10)
        with Redis.from_url(settings.redis_url) as redis:
            redis.lpush(FAN_OUT_LATER, "of a pair that is gone")
            with running(stack, settings):
                assert not redis.exists(FAN_OUT_LATER)


async def test_posts_arrive_at_all_subscribers(tmp_path: Path) -> None:
    said: list[str] = []
    with start_stack(tmp_path, say=said.append) as stack:
        figures = {figure.name: figure async for figure in live.measure(stack, SMALL, say=said.append)}
    assert len(figures["arrived at each of 5"].samples) == 2 * 5
    assert len(figures["arrived at each of 20"].samples) == 2 * 20
    assert len(figures["arrived at all of 20"].samples) == 2
    assert figures["memory of a subscription"].unit == "bytes"
