"""kombu's Redis transport, for workers that outlive their Redis.

When a connection is lost, kombu 5.7 closes it, and still uses it to acknowledge the tasks that then finish, and to put
messages back. Both fail with an AttributeError, which ends the worker. Here the first fails as any lost connection
does, which the worker survives, and the second is left to the visibility timeout.
"""

from typing import Any

from kombu.transport import redis


class QoS(redis.QoS):
    restore_at_shutdown = False


class Channel(redis.Channel):
    QoS = QoS

    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection is None or self.connection.client is None:
            raise ConnectionError("The connection to the broker is closed.")
        return super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]  # private: the stubs lack it


def outlive_redis() -> None:
    """Give every connection of this process such channels."""
    redis.Transport.Channel = Channel
