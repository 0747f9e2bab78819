"""Moving windows in Redis: how often something has happened lately, for all web processes together.

Without Redis nobody is refused for what it had counted: each process counts for itself, from nothing, until Redis
answers again. It is asked again every RETRY_AFTER_S, by one request.
"""

import asyncio
import time
from contextlib import suppress

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import BlockingConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from domain.buckets import Buckets
from domain.rates import Rate

TIMEOUT_S = 0.25
RETRY_AFTER_S = 5.0
MAX_CONNECTIONS = 20
RECONNECTS = 1  # a connection of before Redis's restart says so when it is first used

log = structlog.get_logger()


class Windows:
    """A key lives as long as its window, and holds as many moments as its rate admits."""

    def __init__(self, url: str) -> None:
        self._pool = BlockingConnectionPool.from_url(
            url or "redis://",
            max_connections=MAX_CONNECTIONS,
            timeout=TIMEOUT_S,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            retry=Retry(NoBackoff(), RECONNECTS),
        )
        self._limiter = MovingWindowRateLimiter(
            # The address is the pool's; the library asks for one all the same.
            RedisStorage("async+redis://", implementation="redispy", key_prefix="rates", connection_pool=self._pool)  # type: ignore[arg-type]  # handed to redis-py as it is
        )
        self._own = Buckets()
        self._is_away = False
        self._ask_from = 0.0 if url else float("inf")

    async def enter(self, key: str, rate: Rate) -> float:
        """Seconds to wait until one more is admitted; 0 where this one was, and is counted."""
        now = time.monotonic()
        if now >= self._ask_from:
            if self._is_away:
                self._ask_from = now + RETRY_AFTER_S  # the others need not wait for this attempt
            try:
                async with asyncio.timeout(TIMEOUT_S):
                    wait_s = await self._ask(key, rate)
                self._note(None)
                return wait_s
            except (RedisError, OSError, TimeoutError) as error:
                self._note(error)
        return self._own.take(key, rate, now=now)

    async def forget(self, key: str, rate: Rate) -> None:
        """Count anew."""
        self._own.forget(key)
        if self._is_away:
            return
        with suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(TIMEOUT_S):
                await self._limiter.clear(RateLimitItemPerSecond(rate.amount, rate.per_s), key)

    async def close(self) -> None:
        await self._pool.disconnect()

    async def _ask(self, key: str, rate: Rate) -> float:
        item = RateLimitItemPerSecond(rate.amount, rate.per_s)
        if await self._limiter.hit(item, key):
            return 0.0
        window = await self._limiter.get_window_stats(item, key)
        return max(window.reset_time - time.time(), 0.001)  # it may have emptied in between

    def _note(self, error: Exception | None) -> None:
        """One line when an outage begins, and one when it ends."""
        if error is not None:
            self._ask_from = time.monotonic() + RETRY_AFTER_S
        if self._is_away == (error is not None):
            return
        self._is_away = error is not None
        if error is not None:
            log.warning("rates.redis_away", error=type(error).__name__, now="each process counts for itself")
        else:
            log.warning("rates.redis_back")
