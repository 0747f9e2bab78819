"""Flower's queues. tests/pipeline/test_flower.py shows the page."""

import pytest
from flower.utils import broker  # type: ignore[import-untyped]

from compat.flower import read_queues_with
from storage.redis.client import open_client
from tests.compat.canaries import check_attributes


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", "rediss://127.0.0.1:1/0", "redis+socket:///none.sock"])
def test_flower_reads_any_redis_address_with_the_given_client(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Redis", "RedisSsl", "RedisSocket"):
        monkeypatch.setattr(broker, name, getattr(broker, name))
    client = open_client("redis://127.0.0.1:1/0")
    read_queues_with(lambda: client)
    opened = broker.Broker(address, broker_options={}, broker_use_ssl=None)
    assert opened.redis is client
    check_attributes(opened, "queues")


def test_flower_still_reads_a_socket_without_its_user() -> None:
    """The reason for `read_queues_with`. If this fails, check whether Flower supports all options of an address."""
    opened = broker.RedisSocket("redis+socket://ann:secret@/none.sock?virtual_host=3", broker_options={})
    assert opened.redis.connection_pool.connection_kwargs.get("username") is None
