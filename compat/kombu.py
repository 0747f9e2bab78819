"""kombu's Redis transport, for workers that survive all failures of their Redis.

Everything here relies on the classes of
https://github.com/celery/kombu/blob/v5.7.0/kombu/transport/redis.py and
https://github.com/celery/kombu/blob/v5.7.0/kombu/transport/virtual/base.py, which kombu's reference names and whose
methods it does not describe.
Tried with: kombu 5.7.0, redis-py 8.1.0.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from kombu.transport import redis, virtual
from redis.exceptions import OutOfMemoryError, RedisError

PROBE = "tweeter.probe"  # never set, so deleting it is a write that needs no memory and changes nothing


class QoS(redis.QoS):
    """Records the messages that a worker has taken, if Redis has memory for it.

    Why: a Redis without memory would never drain, since taking a message needs memory for the record. Without the
    record, a message is lost if its worker is killed. A sweep then sends its work again.
    Upstream: `QoS.append` in the file above.
    """

    # Restoring messages at shutdown needs a connection, which may be closed. The visibility timeout restores them.
    restore_at_shutdown = False

    def append(self, message: Any, delivery_tag: Any) -> None:
        try:
            super().append(message, delivery_tag)
        except OutOfMemoryError:
            virtual.QoS.append(self, message, delivery_tag)

    def restore_visible(self, *args: Any, **options: Any) -> None:
        """Put unacknowledged messages back as soon as there is memory for it."""
        with suppress(OutOfMemoryError):
            super().restore_visible(*args, **options)


class Channel(redis.Channel):
    QoS = QoS
    own_queues: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Treat the connection as established only if Redis accepts a write, so that connecting paces the retries."""
        super().__init__(*args, **options)
        try:
            self.client.delete(PROBE)
        except BaseException:
            self.close()
            raise

    def _connparams(self, asynchronous: bool = False) -> Any:
        """Fail like a lost connection if the connection is closed.

        Why: kombu closes a lost connection, but still uses it to acknowledge tasks that finish later. That fails with
        an AttributeError, which ends the worker.
        Upstream: https://github.com/celery/kombu/issues/83, closed; `conninfo = self.connection.client` is still there.

        Raises:
            ConnectionError: The connection is closed.
        """
        if self.connection is None or self.connection.client is None:
            raise ConnectionError("The connection to the broker is closed.")
        return super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]  # private: the stubs lack it

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Bind the queue. A lack of memory is an error only if kombu reads the binding.

        kombu never reads the bindings of our queues: Celery sends to a queue by the default exchange, which needs none
        (celery/app/amqp.py, `send_task_message`). Nor does it read those of a fan-out exchange, a Redis channel.
        Upstream: `Channel._queue_bind` in redis.py.

        Raises:
            OutOfMemoryError: Redis has no memory for a binding that kombu reads.
        """
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)  # type: ignore[misc]  # private
        except OutOfMemoryError:
            if exchange not in self.own_queues and self.typeof(exchange).type != "fanout":
                raise


class SentinelChannel(Channel, redis.SentinelChannel):
    """A `Channel` to the primary that the Sentinels name.

    Why: it also leaves a Redis that has become a replica, because connecting takes a write.
    Upstream: `SentinelChannel` in the file above, of which kombu's reference describes the options.
    """


def outlive_redis(own_queues: Iterable[str]) -> None:
    """Use these channels for connections to a Redis in this process, and treat each Redis error as a lost connection.

    Why: a worker survives a lost connection by reconnecting, but an error reply of Redis ends it: a replica that
    accepts no writes, exhausted memory, a script that blocks the server. kombu has no setting for either.
    Upstream: https://github.com/celery/celery/issues/7946; `Transport.connection_errors` in the file above and
    `Consumer.start` in https://github.com/celery/celery/blob/v5.7.0/celery/worker/consumer/consumer.py
    """
    own = {"own_queues": frozenset(own_queues)}
    redis.Transport.Channel = type("OwnChannel", (Channel,), own)
    redis.SentinelTransport.Channel = type("OwnSentinelChannel", (SentinelChannel,), own)
    if RedisError not in redis.Transport.connection_errors:
        redis.Transport.connection_errors = (*redis.Transport.connection_errors, RedisError)
