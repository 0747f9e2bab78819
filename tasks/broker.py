"""Sends messages to the broker and counts them: Redis, Redis Sentinel or RabbitMQ, through kombu.

RabbitMQ keeps the messages in classic durable queues. Quorum queues would survive the loss of a node, and need 28 more
queues for delayed messages (Celery's native delayed delivery). A message may be lost: a sweep sends its work again.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from celery import Celery
from kombu import Exchange, Queue

from compat.kombu import outlive_redis
from tasks.broker_addresses import kombu_address
from tasks.messages import MAINTENANCE, QUEUES, Message, traced

TASK_TIME_LIMIT_S = 30
REQUEST_ID, TRACEPARENT = "request_id", "traceparent"  # headers of a message
ARGUMENTS_SHOWN = 100  # characters; they are ids, and Flower keeps them for every task

Done = TypeVar("Done")


def make_celery(broker_url: str) -> Celery:
    """Return an application that loses no task to a killed worker. It connects when it is first used."""
    address = kombu_address(broker_url)
    if address.is_redis:
        outlive_redis(QUEUES)
    celery = Celery("tweeter", broker=address.url, set_as_current=False)
    celery.conf.update(
        # Celery's command takes a variable BROKER_URL for its own, unparsed, and before `broker_url`.
        broker_read_url=address.url,
        broker_write_url=address.url,
        broker_use_ssl=address.tls,
        # Each queue bound by its own name: Celery would give all of them the default queue's key, and every message.
        task_queues=[Queue(name, Exchange(name), routing_key=name) for name in QUEUES],
        task_default_queue=MAINTENANCE,
        task_create_missing_queues=False,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_time_limit=TASK_TIME_LIMIT_S,
        task_publish_retry=False,
        task_send_sent_event=True,
        worker_send_task_events=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_proc_alive_timeout=30,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options=dict(address.options),
    )
    celery.amqp.argsrepr_maxsize = ARGUMENTS_SHOWN
    return celery


class Broker:
    """Sends and counts messages, from any thread. All methods but `depth` and `lengths` block."""

    def __init__(self, celery: Celery) -> None:
        self._celery = celery

    def publish(self, messages: Sequence[Message]) -> None:
        """Send the messages, to Redis in one round trip. RabbitMQ confirms each message.

        Raises:
            kombu.exceptions.OperationalError: The broker does not answer.
        """
        if messages:
            _twice(lambda: self._publish(messages))

    def counts(self) -> dict[str, int]:
        """Return how many messages wait in each queue. Raises what kombu's transport raises if the broker is away."""
        return _twice(self._counts)

    def _publish(self, messages: Sequence[Message]) -> None:
        with self._celery.producer_or_acquire() as producer, producer.batch():
            for message in map(traced, messages):
                self._celery.send_task(
                    message.task,
                    message.args,
                    queue=message.queue,
                    countdown=message.delay_s or None,
                    headers=headers_of(message),
                    producer=producer,
                    ignore_result=True,
                )

    def _counts(self) -> dict[str, int]:
        """Declare each queue and read its length. RabbitMQ would close the channel if a queue was missing."""
        with self._celery.producer_or_acquire() as producer:
            declare = producer.channel.queue_declare
            return {name: declare(name, durable=True, auto_delete=False).message_count for name in QUEUES}

    def count(self) -> int:
        """Return how many messages wait in all queues. Raises as `counts` does."""
        return sum(self.counts().values())

    async def depth(self) -> int:
        """Return `count()` without blocking the event loop."""
        return await asyncio.to_thread(self.count)

    async def lengths(self) -> dict[str, int]:
        """Return `counts()` without blocking the event loop."""
        return await asyncio.to_thread(self.counts)

    def close(self) -> None:
        self._celery.close()


def headers_of(message: Message) -> dict[str, str]:
    """Return the ids of the request and of the trace that the message continues."""
    given = {REQUEST_ID: message.request_id, TRACEPARENT: message.traceparent}
    return {name: value for name, value in given.items() if value}


def _twice(do: Callable[[], Done]) -> Done:
    """Try again once, on a new connection: py-amqp notices a lost connection only when it is used."""
    try:
        return do()
    except Exception:  # each transport has errors of its own
        return do()
