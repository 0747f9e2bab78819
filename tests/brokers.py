"""Brokers that a test may kill, of each kind that BROKER_URL can name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kombu import Connection, Exchange, Queue

from launch import Server, start_redis
from tasks.messages import QUEUES
from tests.rabbitmq import kill_rabbitmq, start_rabbitmq

Start = Callable[..., Server]
KINDS: dict[str, tuple[Start, Callable[[Server], None]]] = {
    "redis": (start_redis, Server.kill),
    "rabbitmq": (start_rabbitmq, kill_rabbitmq),
}


@dataclass
class OwnBroker:
    """One broker with its files, which survive it."""

    server: Server
    start: Start
    end: Callable[[Server], None]

    @property
    def url(self) -> str:
        return self.server.url

    def kill(self) -> None:
        self.end(self.server)

    def restart(self) -> None:
        """Start it again on its port and files, and wait until it answers."""
        self.server = self.start(self.server.directory, port=self.server.port)

    def empty(self) -> None:
        with Connection(self.url) as connection:
            for name in QUEUES:
                queue = Queue(name, Exchange(name), routing_key=name, channel=connection.channel())
                queue.declare()
                queue.purge()


@contextmanager
def own_broker(kind: str, directory: Path) -> Iterator[OwnBroker]:
    start, end = KINDS[kind]
    broker = OwnBroker(start(directory), start, end)
    try:
        yield broker
    finally:
        broker.kill()
