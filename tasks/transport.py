"""The broker connections of this process: they outlive any trouble of their Redis (compat/kombu.py)."""

import compat.kombu
from tasks.messages import QUEUES


def outlive_redis() -> None:
    """Give every connection of this process channels that know our queues.

    For a Redis that was wiped or has no memory, no message depends on kombu's table of bindings in Redis.
    """
    compat.kombu.outlive_redis(QUEUES)
