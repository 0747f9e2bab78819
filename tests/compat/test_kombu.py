"""kombu's Redis transport. tests/pipeline/test_redis_troubles.py and test_full_redis.py test real failures."""

from types import SimpleNamespace
from typing import Any

import pytest
from kombu.transport import redis, virtual
from redis.exceptions import OutOfMemoryError, RedisError

from compat.kombu import Channel, QoS, SentinelChannel, outlive_redis
from tests.compat.canaries import check_attributes, check_signature


@pytest.fixture
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    for transport, channel in ((redis.Transport, redis.Channel), (redis.SentinelTransport, redis.SentinelChannel)):
        monkeypatch.setattr(transport, "Channel", channel)
    monkeypatch.setattr(redis.Transport, "connection_errors", redis.Transport.connection_errors)


def test_the_overridden_methods_exist() -> None:
    stock: Any = redis.Channel  # its stubs lack private names
    check_signature(stock._connparams, "self", "asynchronous")
    check_signature(stock._queue_bind, "self", "exchange", "routing_key", "pattern", "queue")
    check_signature(virtual.Channel.typeof, "self", "exchange", "default")
    check_signature(redis.QoS.append, "self", "message", "delivery_tag")
    check_signature(virtual.QoS.append, "self", "message", "delivery_tag")
    check_signature(redis.QoS.restore_visible, "self", "start", "num", "interval")
    check_attributes(redis.Channel, "QoS", "client", "connection_class")
    assert redis.QoS.restore_at_shutdown is True, "kombu gives messages back at the end: why QoS says no"


@pytest.mark.usefixtures("unchanged")
def test_every_connection_uses_our_channels_and_every_redis_error_counts() -> None:
    outlive_redis(["posts"])
    outlive_redis(["posts"])
    for transport, kind in ((redis.Transport, Channel), (redis.SentinelTransport, SentinelChannel)):
        assert issubclass(transport.Channel, kind)
        assert transport.Channel.own_queues == {"posts"}
        assert transport.Channel.QoS is QoS
        assert transport.connection_errors.count(RedisError) == 1


def test_a_channel_of_sentinels_has_every_method_of_both() -> None:
    """`Channel` comes first, so that its methods call those of `SentinelChannel`."""
    stock: Any = redis.SentinelChannel
    assert set(vars(Channel)) & set(vars(stock)) <= {"__module__", "__doc__", "__init__"}, (
        "ours would hide one of Sentinel's"
    )
    check_attributes(stock, "_sentinel_managed_pool", "_get_pool")
    assert issubclass(stock, redis.Channel)
    assert SentinelChannel._connparams is Channel._connparams
    assert redis.SentinelTransport.Channel is not redis.Transport.Channel


def test_stock_kombu_ends_on_an_error_reply_of_redis() -> None:
    """The reason for `outlive_redis`. If this fails, kombu itself treats such errors as a lost connection."""
    errors, _ = redis.get_redis_error_classes()
    assert not issubclass(OutOfMemoryError, errors)


def channel(**attributes: Any) -> Any:
    made: Any = object.__new__(type("OwnChannel", (Channel,), {"own_queues": frozenset({"posts"})}))
    made.__dict__.update(attributes)
    return made


def test_a_closed_connection_fails_like_a_lost_one() -> None:
    with pytest.raises(ConnectionError):
        channel(connection=None)._connparams()
    with pytest.raises(ConnectionError):
        channel(connection=SimpleNamespace(client=None))._connparams()


def test_a_queue_of_ours_needs_no_memory_for_its_binding_and_another_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OutOfMemoryError

    monkeypatch.setattr(redis.Channel, "_queue_bind", refuse)
    monkeypatch.setattr(Channel, "typeof", lambda _, exchange: SimpleNamespace(type=exchange))
    for exchange in ("posts", "fanout"):
        channel()._queue_bind(exchange, "key", "", "queue")
    with pytest.raises(OutOfMemoryError):
        channel()._queue_bind("direct", "key", "", "queue")


def test_a_message_is_taken_without_a_record_if_redis_has_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OutOfMemoryError

    monkeypatch.setattr(redis.QoS, "append", refuse)
    qos: Any = object.__new__(QoS)
    taken: dict[str, str] = {}
    qos._quick_append = taken.__setitem__
    qos.append("message", "tag")
    assert taken == {"tag": "message"}
