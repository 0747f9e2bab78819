"""Moving windows in Redis: how often something has happened lately, for all web processes together.

While Redis is away nobody is refused for what it had counted: each process counts for itself, from nothing.
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

# Patience is a number of turns of the event loop: where it is busy, an answer that has come is heard all the same. A
# mere time would let whoever makes us busy switch the counting off.
TURNS, TURN_S = 10, 0.025
LOOK_AGAIN_S = 5.0
MAX_CONNECTIONS = 20
RECONNECTS = 1  # a connection of before Redis's restart says so when it is first used

AWAY = (RedisError, OSError, TimeoutError)

log = structlog.get_logger()
Answer = TypeVar("Answer")


class RateLimiter:
    """A key lives as long as its window, and holds as many moments as its rate admits."""

    def __init__(self, url: str) -> None:
        self._pool = BlockingConnectionPool.from_url(
            url or "redis://",
            max_connections=MAX_CONNECTIONS,
            timeout=None,
            socket_timeout=None,
            retry=Retry(NoBackoff(), RECONNECTS),
        )
        # The address is the pool's; the library asks for one all the same.
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
        """Seconds to wait until one more is admitted; 0 where this one was, and is counted."""
        if not self._is_alone:
            try:
                return await _patiently(self._count_in_redis(key, rate))
            except AWAY as error:
                self._go_alone(error)
        return self._own.take(key, rate, now=time.monotonic())

    async def reset(self, key: str, rate: Rate) -> None:
        """Count anew."""
        self._own.forget(key)
        if not self._is_alone:
            with suppress(*AWAY):
                await _patiently(self._limiter.clear(_item(rate), key))

    async def close(self) -> None:
        if self._looking is not None:
            await stop(self._looking)
        await self._pool.disconnect()

    async def _count_in_redis(self, key: str, rate: Rate) -> float:
        if await self._limiter.hit(_item(rate), key):
            return 0.0
        window = await self._limiter.get_window_stats(_item(rate), key)
        return max(window.reset_time - time.time(), 0.001)  # it may have emptied in between

    def _go_alone(self, error: Exception) -> None:
        if not self._is_alone:
            self._is_alone = True
            self._looking = asyncio.create_task(self._look_for_redis())
            log.warning("rates.redis_away", error=type(error).__name__, now="each process counts for itself")

    async def _look_for_redis(self) -> None:
        """So that no request has to."""
        while self._is_alone:
            await asyncio.sleep(LOOK_AGAIN_S)
            with suppress(*AWAY):
                await _patiently(self._count_in_redis("looking", Rate(1, per_s=1)))
                self._is_alone = False
        log.warning("rates.redis_back")


def _item(rate: Rate) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(rate.amount, rate.per_s)


async def _patiently(asking: Coroutine[None, None, Answer]) -> Answer:
    """Errors: TimeoutError."""
    task = asyncio.ensure_future(asking)
    try:
        for _ in range(TURNS):
            done, _ = await asyncio.wait({task}, timeout=TURN_S)
            if done:
                return task.result()
        raise TimeoutError
    finally:
        task.cancel()
