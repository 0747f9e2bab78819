"""The connection to Redis. Nothing that a feed needs lives there."""

from redis import asyncio
from redis.exceptions import OutOfMemoryError as OutOfMemoryError
from redis.exceptions import RedisError as RedisError

TIMEOUT_S = 1.0


def open_client(url: str) -> asyncio.Redis:
    """A client that connects when first used, and waits TIMEOUT_S at most."""
    return asyncio.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S)


class Redis:
    """Connects when first used; without an address, it is as if nobody answered."""

    def __init__(self, url: str) -> None:
        self._client = open_client(url) if url else None

    async def is_reachable(self) -> bool:
        if self._client is None:
            return False
        try:
            await self._client.ping()
        except (RedisError, OSError):
            return False
        return True

    async def run_id(self) -> str:
        """The name that the server has drawn at its start; empty if it does not answer, or does not tell it."""
        if self._client is None:
            return ""
        try:
            return str((await self._client.info("server")).get("run_id", ""))
        except (RedisError, OSError):
            return ""

    async def is_cluster(self) -> bool:
        """Whether it is a node of a Redis Cluster; False if it does not say."""
        if self._client is None:
            return False
        try:
            return bool((await self._client.info("cluster")).get("cluster_enabled"))
        except (RedisError, OSError):
            return False

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
