"""Sends messages to the broker from a thread of its own, so that no request ever waits for it."""

import queue
import threading
from collections.abc import Sequence

import structlog
from celery import Celery

from tasks.messages import Message

WAITING_LIMIT = 10_000  # messages; beyond it they are dropped, and the sweeps find their work again
BATCH = 100
RETRY_AFTER_S = 1.0
FLUSH_WITHIN_S = 1.0

log = structlog.get_logger()


def send_all(celery: Celery, sent: Sequence[Message]) -> None:
    """In one round trip. Blocks. Errors: kombu's OperationalError where the broker does not answer."""
    if not sent:
        return
    with celery.producer_or_acquire() as producer, producer.batch():
        for message in sent:
            celery.send_task(
                message.task,
                message.args,
                queue=message.queue,
                countdown=message.delay_s or None,
                producer=producer,
                ignore_result=True,
            )


class Publisher:
    """Started once per web process; `put` is safe from any thread and never blocks."""

    def __init__(self, celery: Celery) -> None:
        self._celery = celery
        self._waiting: queue.Queue[Message] = queue.Queue(WAITING_LIMIT)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._publish, name="publisher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def put(self, message: Message) -> None:
        try:
            self._waiting.put_nowait(message)
        except queue.Full:
            log.warning("message.dropped", task=message.task, reason="the broker is away; a sweep will send it")

    def close(self) -> None:
        """Send what is waiting, if the broker takes it within FLUSH_WITHIN_S."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(FLUSH_WITHIN_S)
        self._celery.close()

    def _publish(self) -> None:
        batch: list[Message] = []
        while batch or not self._closing.is_set() or not self._waiting.empty():
            batch = batch or self._next_batch()
            try:
                send_all(self._celery, batch)
                batch = []
            except Exception as error:  # whatever it is: the thread must outlive it, and nothing depends on it
                log.warning("broker.away", error=repr(error), waiting=len(batch) + self._waiting.qsize())
                if self._closing.wait(RETRY_AFTER_S):
                    return

    def _next_batch(self) -> list[Message]:
        batch = []
        try:
            batch.append(self._waiting.get(timeout=0.2))
            while len(batch) < BATCH:
                batch.append(self._waiting.get_nowait())
        except queue.Empty:
            pass
        return batch
