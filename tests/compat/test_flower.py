"""Flower's queues. tests/pipeline/test_flower.py shows the page."""

import pytest
from flower import views  # type: ignore[import-untyped]
from flower.utils import broker  # type: ignore[import-untyped]

from compat.flower import count_queues_with
from tests.compat.canaries import check_signature

ADDRESSES = (
    "redis://one/0",
    "rediss://one/0",
    "redis+socket:///none.sock",
    "sentinel://one",
    "amqp://one",
    "amqps://one",
    "any://other",
)


@pytest.mark.parametrize("address", ADDRESSES)
async def test_the_queues_of_any_broker_are_counted_with_the_given_function(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker.Broker, "__new__", broker.Broker.__new__)
    count_queues_with(lambda: {"posts": 3, "others": 1})
    opened = broker.Broker(address, http_api=None, broker_options={}, broker_use_ssl=None)
    assert await opened.queues(["posts", "unknown"]) == [{"name": "posts", "messages": 3}]


def test_what_is_replaced_is_there() -> None:
    check_signature(broker.Broker.__new__, "cls", "broker_url", "args", "kwargs")
    assert views.Broker is broker.Broker, "the views that show queues ask this class"
    for kind in (broker.Redis, broker.RabbitMQ):
        check_signature(kind.queues, "self", "names")


def test_flower_still_reads_a_socket_without_its_user() -> None:
    """The reason for `count_queues_with`. If this fails, check whether Flower supports all options of an address."""
    opened = broker.RedisSocket("redis+socket://ann:secret@/none.sock?virtual_host=3", broker_options={})
    assert opened.redis.connection_pool.connection_kwargs.get("username") is None
