"""The rate limiter of all web processes together: moving windows in Redis.

If Redis is away, each process counts by itself and starts from zero.

The windows are those of `limits`. The fallback is kept by hand: `limits` has none.
"""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import TypeVar

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import BlockingConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from compat.asyncio import stop
from domain.rates import Rate
from storage.memory.rate_limits import LocalRateLimiter
from tracing import spans

# The timeout is a number of turns of the event loop. On a busy loop, an answer that has arrived is still read. With a
# plain timeout, an attacker who keeps the process busy could switch the rate limiter off.
TURNS, TURN_S = 10, 0.025
LOOK_AGAIN_S = 5.0
MAX_CONNECTIONS = 20
RECONNECTS = 1  # after a restart of Redis, an old connection fails at its next use

AWAY = (RedisError, OSError, TimeoutError)

log = structlog.get_logger()
Answer = TypeVar("Answer")


class RateLimiter:
    """Counts calls by key. A key expires with its window and stores at most `rate.amount` times."""

    def __init__(self, url: str) -> None:
        self._pool = BlockingConnectionPool.from_url(
            url or "redis://",
            max_connections=MAX_CONNECTIONS,
            timeout=None,
            socket_timeout=None,
            retry=Retry(NoBackoff(), RECONNECTS),
        )
        # The library requires a URL, but the pool decides the server.
        redis = RedisStorage(
            "async+redis://",
            implementation="redispy",
            key_prefix="rates",
            connection_pool=self._pool,  # type: ignore[arg-type]  # handed to redis-py as it is
        )
        self._limiter = MovingWindowRateLimiter(redis)
        self._own = LocalRateLimiter()
        self._is_alone = not url
        self._looking: asyncio.Task[None] | None = None

    async def count_hit(self, key: str, rate: Rate) -> float:
        """Count one call. Return 0 if it is admitted, otherwise the seconds until the next one is."""
        if not self._is_alone:
            try:
                return await _patiently(self._count_in_redis(key, rate))
            except AWAY as error:
                self._go_alone(error)
        return self._own.take(key, rate, now=time.monotonic())

    async def reset(self, key: str, rate: Rate) -> None:
        """Reset the count of the key to zero."""
        self._own.forget(key)
        if not self._is_alone:
            with suppress(*AWAY):
                await _patiently(self._limiter.clear(_item(rate), key))

    async def close(self) -> None:
        if self._looking is not None:
            await stop(self._looking)
        await self._pool.disconnect()

    async def _count_in_redis(self, key: str, rate: Rate) -> float:
        with spans.span("redis rate_limit", kind="client", **{"db.system.name": "redis"}):
            if await self._limiter.hit(_item(rate), key):
                return 0.0
        window = await self._limiter.get_window_stats(_item(rate), key)
        return max(window.reset_time - time.time(), 0.001)  # the window may have emptied meanwhile

    def _go_alone(self, error: Exception) -> None:
        if not self._is_alone:
            self._is_alone = True
            self._looking = asyncio.create_task(self._look_for_redis())
            log.warning("rates.redis_away", error=type(error).__name__, now="each process counts for itself")

    async def _look_for_redis(self) -> None:
        """Try Redis every LOOK_AGAIN_S until it answers, so that no request has to wait for it."""
        while self._is_alone:
            await asyncio.sleep(LOOK_AGAIN_S)
            with suppress(*AWAY):
                await _patiently(self._count_in_redis("looking", Rate(1, per_s=1)))
                self._is_alone = False
        log.warning("rates.redis_back")


def _item(rate: Rate) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(rate.amount, rate.per_s)


async def _patiently(asking: Coroutine[None, None, Answer]) -> Answer:
    """Await the answer.

    Raises:
        TimeoutError: There is no answer within TURNS turns of the event loop.
    """
    task = asyncio.ensure_future(asking)
    try:
        for _ in range(TURNS):
            done, _ = await asyncio.wait({task}, timeout=TURN_S)
            if done:
                return task.result()
        raise TimeoutError
    finally:
        task.cancel()
