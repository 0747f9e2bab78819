"""kombu's Redis transport, for workers that outlive any trouble of their Redis.

Everything here leans on the classes of
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

PROBE = "tweeter.probe"  # never set: deleting it is a write that needs no memory and changes nothing


class QoS(redis.QoS):
    """Notes which messages a worker has taken, as far as Redis has memory for it.

    Why: a Redis without memory would never drain, since taking a message needs memory for the note. Without its note a
    message is lost if its worker is killed. A sweep sends its work again.
    Upstream: `QoS.append` in the file above.
    """

    # To give messages back at the end needs a connection that may be closed. The visibility timeout gives them back.
    restore_at_shutdown = False

    def append(self, message: Any, delivery_tag: Any) -> None:
        try:
            super().append(message, delivery_tag)
        except OutOfMemoryError:
            virtual.QoS.append(self, message, delivery_tag)

    def restore_visible(self, *args: Any, **options: Any) -> None:
        """Put unacknowledged messages back, once there is memory for it."""
        with suppress(OutOfMemoryError):
            super().restore_visible(*args, **options)


class Channel(redis.Channel):
    QoS = QoS
    own_queues: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Count the connection as made only if Redis takes a write, so that connecting paces the retries."""
        super().__init__(*args, **options)
        try:
            self.client.delete(PROBE)
        except BaseException:
            self.close()
            raise

    def _connparams(self, asynchronous: bool = False) -> Any:
        """Fail as a lost connection does, if the connection is closed.

        Why: kombu closes a lost connection, and still acknowledges on it the tasks that then finish. That fails with an
        AttributeError, which ends the worker.
        Upstream: https://github.com/celery/kombu/issues/83, closed; `conninfo = self.connection.client` is still there.
        """
        if self.connection is None or self.connection.client is None:
            raise ConnectionError("The connection to the broker is closed.")
        return super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]  # private: the stubs lack it

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Bind the queue, if Redis has memory for it, or if kombu reads the binding.

        kombu never reads those of our queues: Celery sends to a queue by the default exchange, which needs none
        (celery/app/amqp.py, `send_task_message`). Nor those of a fan-out exchange, which is a channel of Redis.
        Upstream: `Channel._queue_bind` in redis.py.
        """
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)  # type: ignore[misc]  # private
        except OutOfMemoryError:
            if exchange not in self.own_queues and self.typeof(exchange).type != "fanout":
                raise


def outlive_redis(own_queues: Iterable[str]) -> None:
    """Give every connection of this process such channels, and treat each error of Redis as a lost connection.

    Why: a worker survives a lost connection by connecting again. An error that Redis answers ends it: a replica that
    takes no writes, no memory left, a script that blocks everything. kombu has no setting for either.
    Upstream: https://github.com/celery/celery/issues/7946; `Transport.connection_errors` in the file above and
    `Consumer.start` in https://github.com/celery/celery/blob/v5.7.0/celery/worker/consumer/consumer.py
    """
    redis.Transport.Channel = type("OwnChannel", (Channel,), {"own_queues": frozenset(own_queues)})
    if RedisError not in redis.Transport.connection_errors:
        redis.Transport.connection_errors = (*redis.Transport.connection_errors, RedisError)
