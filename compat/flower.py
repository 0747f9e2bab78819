"""Flower's page of queues, with our own client.

Why: Flower parses broker addresses itself. Over a Unix socket it reads database 0 without a user, and it ignores all
options of an address.
Upstream: https://github.com/mher/flower/blob/v2.2.0/flower/utils/broker.py and https://github.com/mher/flower/issues/401
Tried with: flower 2.2.0.
"""

from collections.abc import Callable
from typing import Any

from flower.utils import broker  # type: ignore[import-untyped]
from redis.asyncio import Redis


def read_queues_with(open_client: Callable[[], Redis]) -> None:
    """If this process is Flower, make it read the queues of any Redis with such a client."""

    class Queues(broker.RedisBase):  # type: ignore[misc]  # it has no types
        def __init__(self, broker_url: str, *arguments: Any, **options: Any) -> None:
            super().__init__("redis://", *arguments, **options)
            self.redis = open_client()

    broker.Redis = broker.RedisSsl = broker.RedisSocket = Queues
