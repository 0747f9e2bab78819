"""Messages reach the broker once each, even if it is away when they are sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from structlog.testing import capture_logs

from launch import start_redis
from launch.ports import free_port
from tasks import messages
from tasks.broker import Broker, make_celery
from tasks.messages import MAINTENANCE
from tasks.publisher import WAITING_LIMIT, Publisher
from tests.waiting import wait_for


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def dropped() -> list[int]:
    """The numbers of dropped messages."""
    return []


@pytest.fixture
def publisher(port: int, dropped: list[int]) -> Iterator[Publisher]:
    broker = Broker(make_celery(f"redis://127.0.0.1:{port}/0"))
    publisher = Publisher(broker, note_dropped=dropped.append)
    publisher.start()
    yield publisher
    publisher.close()


def test_a_message_that_the_broker_refused_is_sent_again(publisher: Publisher, port: int, tmp_path: Path) -> None:
    with capture_logs() as logged:
        for reader in range(250):  # several batches
            publisher.put(messages.fill_feed(reader))
        wait_for(lambda: any(line["event"] == "broker.away" for line in logged))
    server = start_redis(tmp_path, port=port)
    try:
        with Redis.from_url(server.url) as broker:
            wait_for(lambda: broker.llen(MAINTENANCE) >= 250)
            publisher.put(messages.fill_feed(250))
            wait_for(lambda: broker.llen(MAINTENANCE) >= 251)
            assert broker.llen(MAINTENANCE) == 251
    finally:
        server.kill()


def test_a_message_reaches_its_queue_though_redis_was_wiped(publisher: Publisher, port: int, tmp_path: Path) -> None:
    """kombu declares a queue and binds it in Redis only once for each connection."""
    server = start_redis(tmp_path, port=port)
    try:
        with Redis.from_url(server.url) as broker:
            for reader in range(2):
                publisher.put(messages.fill_feed(reader))
                wait_for(lambda: broker.llen(MAINTENANCE) == 1)
                broker.flushall()
    finally:
        server.kill()


def test_messages_beyond_the_limit_are_dropped_and_no_request_waits(publisher: Publisher, dropped: list[int]) -> None:
    for reader in range(WAITING_LIMIT + 200):
        publisher.put(messages.fill_feed(reader))
    assert 100 <= sum(dropped) <= 200, "the thread may hold one batch"
