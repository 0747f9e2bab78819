"""Sends messages to the broker from a thread of its own, so that no request ever waits for it."""

import queue
import threading
from collections.abc import Callable
from time import monotonic

import structlog

from tasks.broker import Broker
from tasks.messages import Message, traced

WAITING_LIMIT = 10_000  # messages; beyond it they are dropped, and the sweeps find their work again
BATCH = 100
RETRY_AFTER_S = 1.0
FLUSH_WITHIN_S = 1.0
# Messages in the broker, of about 1 kB each, beyond which no web process adds any: the workers are late, and the broker
# must not run out of memory. The sweeps find the work again once there is room.
BACKLOG_LIMIT = 100_000
COUNT_EVERY_S = 1.0
WORKERS_LATE = "the workers are late: start more of them; a sweep will send it"

log = structlog.get_logger()


class Publisher:
    """Started once per web process; `put` is safe from any thread and never blocks.

    `note_dropped` takes the number of messages that are dropped.
    """

    def __init__(self, broker: Broker, *, note_dropped: Callable[[int], None] = lambda _: None) -> None:
        self._broker = broker
        self._note_dropped = note_dropped
        self._waiting: queue.Queue[Message] = queue.Queue(WAITING_LIMIT)
        self._backlog = 0
        self._counted_at = -COUNT_EVERY_S
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._publish, name="publisher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def put(self, message: Message) -> None:
        """Queue the message with the current request's id, which the thread does not have."""
        try:
            self._waiting.put_nowait(traced(message))
        except queue.Full:
            self._note_dropped(1)
            log.warning("message.dropped", task=message.task, reason="the broker is away; a sweep will send it")

    def close(self) -> None:
        """Send what is waiting, if the broker takes it within FLUSH_WITHIN_S."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join(FLUSH_WITHIN_S)
        self._broker.close()

    def _publish(self) -> None:
        batch: list[Message] = []
        while batch or not self._closing.is_set() or not self._waiting.empty():
            batch = batch or self._next_batch()
            try:
                if batch and self._is_backlog():
                    self._note_dropped(len(batch))
                    log.warning("messages.dropped", messages=len(batch), backlog=self._backlog, reason=WORKERS_LATE)
                else:
                    self._broker.publish(batch)
                batch = []
            except Exception as error:  # whatever it is: the thread must outlive it, and nothing depends on it
                log.warning(
                    "broker.away", error=f"{type(error).__name__}: {error}", waiting=len(batch) + self._waiting.qsize()
                )
                if self._closing.wait(RETRY_AFTER_S):
                    return

    def _is_backlog(self) -> bool:
        if (now := monotonic()) >= self._counted_at + COUNT_EVERY_S:
            self._backlog, self._counted_at = self._broker.count(), now
        return self._backlog >= BACKLOG_LIMIT

    def _next_batch(self) -> list[Message]:
        batch = []
        try:
            batch.append(self._waiting.get(timeout=0.2))
            while len(batch) < BATCH:
                batch.append(self._waiting.get_nowait())
        except queue.Empty:
            pass
        return batch
