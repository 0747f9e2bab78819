"""The rate limiter in a real Redis, which is killed, stopped and restarted."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import from_url

import logs
from domain.errors import RateLimited
from domain.rates import Rate
from launch import Server, start_redis
from storage.redis import rate_limits
from storage.redis.rate_limits import RateLimiter
from tests.waiting import PATIENT_S, bounded, wait_until

RATE = Rate(3, per_s=60)
SOON = Rate(2, per_s=1)
AWAY, BACK = "rates.redis_away", "rates.redis_back"


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[Server]:
    server = start_redis(tmp_path / "redis")
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def as_in_a_process() -> None:
    logs.configure("info")


@pytest.fixture
async def counting(redis_server: Server) -> AsyncIterator[RateLimiter]:
    counting = RateLimiter(redis_server.url)
    yield counting
    await counting.close()


def said(caplog: pytest.LogCaptureFixture, event: str) -> int:
    return sum(event in str(record.msg) for record in caplog.records)


async def test_the_amount_is_admitted_and_one_more_is_not(counting: RateLimiter) -> None:
    assert [await counting.count_hit("ann", RATE) for _ in range(3)] == [0.0] * 3
    assert 55 < await counting.count_hit("ann", RATE) <= 60
    assert await counting.count_hit("bob", RATE) == 0.0


async def test_one_more_is_admitted_after_the_reported_seconds(counting: RateLimiter) -> None:
    for _ in bounded():
        if wait_s := await counting.count_hit("ann", SOON):
            break
    told = RateLimited(wait_s).retry_after
    assert 1 <= told <= 2
    admitted_from = time.monotonic() + told

    async def has_passed() -> bool:
        return time.monotonic() >= admitted_from

    await wait_until(has_passed)
    assert await counting.count_hit("ann", SOON) == 0.0


async def test_a_refused_request_does_not_prolong_the_wait(counting: RateLimiter) -> None:
    waits = [await counting.count_hit("ann", RATE) for _ in range(20)]
    assert waits[3:] == sorted(waits[3:], reverse=True)


async def test_processes_count_together(counting: RateLimiter, redis_server: Server) -> None:
    other = RateLimiter(redis_server.url)
    waits = [await one.count_hit("ann", RATE) for one in (counting, other, counting, other)]
    assert [wait > 0 for wait in waits] == [False, False, False, True]
    await other.reset("ann", RATE)
    assert await counting.count_hit("ann", RATE) == 0.0
    await other.close()


async def test_a_key_expires_with_its_window_and_is_bounded_by_its_rate(
    counting: RateLimiter, redis_server: Server
) -> None:
    for _ in range(20):
        await counting.count_hit("ann", RATE)
    client: Any = from_url(redis_server.url)
    (key,) = await client.keys("*")
    assert key.startswith(b"rates:")
    assert 0 < await client.ttl(key) <= RATE.per_s
    assert await client.llen(key) == RATE.amount
    await client.aclose()


async def test_without_redis_its_earlier_counts_refuse_no_request(
    counting: RateLimiter, redis_server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "LOOK_AGAIN_S", 0.1)
    for _ in bounded():
        if await counting.count_hit("ann", RATE):
            break
    redis_server.kill()

    began = time.monotonic()
    assert [await counting.count_hit("ann", RATE) for _ in range(3)] == [0.0] * 3
    assert await counting.count_hit("ann", RATE) > 0, "the process's own counts still hold"
    for number in range(1_000):
        assert await counting.count_hit(f"user{number}", RATE) == 0.0
    assert time.monotonic() - began < 5
    assert (said(caplog, AWAY), said(caplog, BACK)) == (1, 0)

    again = start_redis(redis_server.directory, port=redis_server.port)

    async def is_counted_again() -> bool:
        await counting.count_hit("eve", RATE)
        return said(caplog, BACK) == 1

    await wait_until(is_counted_again)
    assert said(caplog, AWAY) == 1, "once in the whole outage"
    again.stop()


async def test_a_restart_of_redis_between_two_requests_loses_no_request(
    counting: RateLimiter, redis_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    await counting.count_hit("ann", RATE)
    redis_server.stop()
    again = start_redis(redis_server.directory, port=redis_server.port)
    await counting.count_hit("ann", RATE)
    assert said(caplog, AWAY) == 0
    again.stop()


async def test_a_hanging_redis_delays_only_one_request(counting: RateLimiter, redis_server: Server) -> None:
    await counting.count_hit("ann", RATE)
    os.kill(redis_server.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        for number in range(1_000):
            assert await counting.count_hit(f"user{number}", RATE) == 0.0
        assert time.monotonic() - began < 5, "a thousand timeouts are four minutes"
    finally:
        os.kill(redis_server.pid, signal.SIGCONT)


async def test_without_an_address_a_process_counts_for_itself() -> None:
    alone = RateLimiter("")
    assert [await alone.count_hit("ann", RATE) > 0 for _ in range(4)] == [False, False, False, True]
    await alone.reset("ann", RATE)
    assert await alone.count_hit("ann", RATE) == 0.0
    await alone.close()


async def test_a_search_for_redis_that_swallows_its_cancellation_ends_with_its_limiter() -> None:
    """redis-py waits with `wait_for`, which loses a cancellation that comes together with the answer."""

    async def search() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    limiter = RateLimiter("")
    limiter._looking = searching = asyncio.create_task(search())
    await asyncio.sleep(0)
    async with asyncio.timeout(PATIENT_S):
        await limiter.close()
    assert searching.done()
