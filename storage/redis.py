"""The connection to Redis. Nothing that a feed needs lives there."""

from redis.asyncio import from_url
from redis.exceptions import RedisError

TIMEOUT_S = 1.0


class Redis:
    def __init__(self, url: str) -> None:
        self._client = from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)

    async def is_reachable(self) -> bool:
        try:
            await self._client.ping()
        except (RedisError, OSError):
            return False
        return True

    async def close(self) -> None:
        await self._client.aclose()
