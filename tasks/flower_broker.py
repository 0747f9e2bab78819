"""Flower's page of queues, read from the same Redis in the same way as all other processes read it."""

from functools import partial

from compat.flower import read_queues_with
from storage.redis.client import open_client


def share_address(redis_url: str) -> None:
    """Let Flower, if this process is Flower, open Redis at the address."""
    read_queues_with(partial(open_client, redis_url))
