"""A Sentinel and a RabbitMQ as BROKER_URL work, or one line says why they do not."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis, RedisError

from launch import LaunchError, Server, start_redis
from launch.checks import check_servers
from launch.ports import free_port
from settings import Settings
from tasks.broker import Broker, make_celery
from tasks.messages import fill_feed
from tests.rabbitmq import kill_rabbitmq, start_rabbitmq
from tests.servers import Certificates, make_certificates, tls_redis
from tests.waiting import wait_for

ASKED = "the connection is refused: see that it runs and that BROKER_URL names its host and port"


@dataclass(frozen=True, slots=True)
class RabbitMQ:
    plain: Server
    tls_port: int
    certificates: Certificates


@pytest.fixture(scope="module")
def rabbitmq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitMQ]:
    """On a plain port and on one with TLS."""
    certificates = make_certificates(tmp_path_factory.mktemp("certificates"))
    tls_port = free_port()
    configuration = {
        "listeners.ssl.1": f"127.0.0.1:{tls_port}",
        "ssl_options.certfile": str(certificates.certificate),
        "ssl_options.keyfile": str(certificates.key),
        "ssl_options.cacertfile": str(certificates.authority),
    }
    server = start_rabbitmq(tmp_path_factory.mktemp("rabbitmq"), configuration=configuration)
    yield RabbitMQ(server, tls_port, certificates)
    kill_rabbitmq(server)


def assert_works(url: str) -> None:
    settings = Settings.from_environment({"BROKER_URL": url})
    check_servers(settings)
    broker = Broker(make_celery(settings.broker))
    before = broker.count()
    broker.publish([fill_feed(1)])
    assert broker.count() == before + 1
    broker.close()


def refusal(url: str) -> str:
    """Return the one line of the check, without a secret."""
    with pytest.raises(LaunchError) as raised:
        check_servers(Settings.from_environment({"BROKER_URL": url}))
    message = str(raised.value)
    assert message.startswith("BROKER_URL ")
    assert "\n" not in message
    assert "secret" not in message
    return message


def test_a_rabbitmq_works(rabbitmq: RabbitMQ) -> None:
    assert_works(rabbitmq.plain.url)
    assert_works(f"amqp://127.0.0.1:{free_port()},127.0.0.1:{rabbitmq.plain.port}")


def test_a_rabbitmq_with_tls_works_if_its_certificate_is_trusted(rabbitmq: RabbitMQ) -> None:
    authority = rabbitmq.certificates.authority
    assert_works(f"amqps://localhost:{rabbitmq.tls_port}?cacertfile={authority}")
    assert_works(f"amqps://127.0.0.1:{rabbitmq.tls_port}?verify=verify_none")


def test_a_rabbitmq_whose_certificate_is_not_trusted_is_refused(rabbitmq: RabbitMQ) -> None:
    assert "its certificate is not trusted: name" in refusal(f"amqps://localhost:{rabbitmq.tls_port}")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("amqp://me:secret@127.0.0.1:{port}", "refuses the user or the password: correct them in BROKER_URL"),
        ("amqp://127.0.0.1:{port}/nowhere", "there is none of that name: see the path of BROKER_URL"),
        ("amqp://127.0.0.1:{closed}", ASKED),
        ("amqps://127.0.0.1:{port}", "the TLS handshake failed"),
        ("sentinel://:secret@127.0.0.1:{closed}?master_name=x", "its Sentinels know no primary of that name"),
        ("redis://:secret@127.0.0.1:{closed}", ASKED),
    ],
)
def test_a_broker_that_cannot_be_used_is_one_line(rabbitmq: RabbitMQ, address: str, told: str) -> None:
    assert told in refusal(address.format(port=rabbitmq.plain.port, closed=free_port()))


@dataclass(frozen=True, slots=True)
class Sentinel:
    primary: Server
    replica: Server
    port: int


@pytest.fixture
def sentinel(tmp_path: Path) -> Iterator[Sentinel]:
    """A primary, its replica, and one Sentinel that promotes the replica within seconds."""
    program = tls_redis()
    with ExitStack() as stack:
        primary, replica = (start_redis(tmp_path / name) for name in ("primary", "replica"))
        for server in (primary, replica):
            stack.callback(server.kill)
        with Redis.from_url(replica.url) as admin:
            admin.replicaof("127.0.0.1", primary.port)
            wait_for(lambda: admin.info("replication")["master_link_status"] == "up")
        port = free_port()
        (tmp_path / "sentinel.conf").write_text(
            f"port {port}\nbind 127.0.0.1\ndir {tmp_path}\nsentinel monitor tweeter 127.0.0.1 {primary.port} 1\n"
            "sentinel down-after-milliseconds tweeter 2000\nsentinel failover-timeout tweeter 5000\n"
        )
        (tmp_path / "redis-sentinel").symlink_to(program)  # by this name it is one
        process = subprocess.Popen(
            [str(tmp_path / "redis-sentinel"), str(tmp_path / "sentinel.conf")], stdout=subprocess.DEVNULL
        )
        stack.callback(process.wait)
        stack.callback(process.kill)
        with Redis(port=port) as admin:
            wait_for(lambda: knows_replica(admin))
        yield Sentinel(primary, replica, port)


def knows_replica(admin: "Redis") -> bool:
    try:
        return len(admin.sentinel_slaves("tweeter")) == 1
    except RedisError:
        return False


def test_a_sentinel_works_and_its_next_primary_too(sentinel: Sentinel) -> None:
    url = f"sentinel://127.0.0.1:{sentinel.port},127.0.0.1:{free_port()}/3?master_name=tweeter"
    assert_works(url)
    broker = Broker(make_celery(Settings.from_environment({"BROKER_URL": url}).broker))
    broker.publish([fill_feed(2)])
    sentinel.primary.kill()

    def is_promoted() -> bool:
        try:
            with Redis.from_url(sentinel.replica.url) as admin:
                return bool(admin.info("replication")["role"] == "master")
        except RedisError:  # a promoted Redis closes the connections of its clients
            return False

    wait_for(is_promoted)
    wait_for(lambda: sends(broker))
    assert broker.count() >= 1
    broker.close()
    assert "its Sentinels know no primary" in refusal(url.replace("=tweeter", "=other"))


def sends(broker: Broker) -> bool:
    """Return whether it works by now: a Sentinel names a new primary a moment after its promotion."""
    try:
        broker.publish([fill_feed(3)])
    except Exception:  # each transport has errors of its own
        return False
    return True
