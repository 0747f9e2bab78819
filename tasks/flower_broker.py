"""Flower's page of queues, read from the same Redis in the same way as everybody else reads it.

Flower 2.2 takes addresses apart by itself (flower/utils/broker.py): over a socket it reads database 0 as nobody, and it
knows no option of an address.
"""

from typing import Any

from flower.utils import broker  # type: ignore[import-untyped]

from storage.redis.client import open_client


def share_address(redis_url: str) -> None:
    """Let Flower, if this process is Flower, open Redis at the address."""

    class Queues(broker.RedisBase):  # type: ignore[misc]  # it has no types
        def __init__(self, broker_url: str, *arguments: Any, **options: Any) -> None:
            super().__init__("redis://", *arguments, **options)
            self.redis = open_client(redis_url)

    broker.Redis = broker.RedisSsl = broker.RedisSocket = Queues
