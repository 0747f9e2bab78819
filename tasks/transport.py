"""kombu's Redis transport, for workers that outlive any trouble of their Redis.

kombu 5.7 tells a lost connection, which a worker survives by connecting again, from an error that Redis answers, which
ends the worker: a replica that takes no writes, no memory left, a script that blocks everything (celery/celery 5.7,
worker/consumer/consumer.py, `Consumer.start`; kombu/transport/redis.py, `get_redis_error_classes`). Here they are the
same. A connection counts as made only if Redis takes a write, so that the retries are paced by the connecting.

Taking a message needs memory: kombu notes it as unacknowledged. A Redis without memory would never drain. So then the
note is left out. A message without a note is lost if its worker is killed, and a sweep sends its work again. No message
of ours depends on kombu's table of bindings in Redis, so that it may be wiped or incomplete.

When a connection is lost, kombu closes it, and still uses it to acknowledge the tasks that then finish, and to put
messages back. Both fail with an AttributeError, which ends the worker. Here the first fails as any lost connection
does, and the second is left to the visibility timeout.
"""

from contextlib import suppress
from typing import Any

from kombu.transport import redis, virtual

from storage.redis.client import OutOfMemoryError, RedisError
from tasks.messages import QUEUES

PROBE = "tweeter.probe"  # never set: deleting it is a write that needs no memory and changes nothing


class QoS(redis.QoS):
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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        try:
            self.client.delete(PROBE)
        except BaseException:
            self.close()
            raise

    def _connparams(self, asynchronous: bool = False) -> Any:
        if self.connection is None or self.connection.client is None:
            raise ConnectionError("The connection to the broker is closed.")
        return super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]  # private: the stubs lack it

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Bind the queue, if Redis has memory for it, or if kombu reads the binding.

        It never reads those of our queues: Celery sends to a queue by the default exchange, which needs none
        (celery/app/amqp.py, `send_task_message`). Nor those of a fan-out exchange, which is a channel of Redis.
        """
        try:
            super()._queue_bind(exchange, routing_key, pattern, queue)  # type: ignore[misc]  # private
        except OutOfMemoryError:
            if exchange not in QUEUES and self.typeof(exchange).type != "fanout":
                raise


def outlive_redis() -> None:
    """Give every connection of this process such channels."""
    redis.Transport.Channel = Channel
    if RedisError not in redis.Transport.connection_errors:
        redis.Transport.connection_errors = (*redis.Transport.connection_errors, RedisError)
