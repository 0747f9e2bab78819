"""The connection to Redis. Nothing that a feed needs lives there."""

from collections.abc import Iterable

from redis.asyncio import from_url
from redis.exceptions import RedisError

TIMEOUT_S = 1.0


class Redis:
    """Connects when first used; without an address, it is as if nobody answered."""

    def __init__(self, url: str) -> None:
        self._client = from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S) if url else None

    async def is_reachable(self) -> bool:
        if self._client is None:
            return False
        try:
            await self._client.ping()
        except (RedisError, OSError):
            return False
        return True

    async def waiting(self, queues: Iterable[str]) -> int:
        """How many messages wait in Celery's queues; 0 where Redis does not answer."""
        if self._client is None:
            return 0
        try:
            return sum([await self._client.llen(queue) for queue in queues])
        except (RedisError, OSError):
            return 0

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
