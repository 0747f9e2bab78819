"""BROKER_URL: which addresses are refused, and how kombu reads the others."""

import ssl
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from settings import Settings
from tasks.broker_addresses import SCHEMES, kombu_address
from tests.bad_settings import refusal_of


def read(url: str) -> Connection:
    address = kombu_address(Settings.from_environment({"BROKER_URL": url}).broker)
    return Connection(address.url, ssl=address.tls or False, transport_options=dict(address.options))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1", " or ".join(f"{scheme}://" for scheme in SCHEMES)),
        ("127.0.0.1:5672", "redis:// or rediss://"),
        ("redis://127.0.0.1/tweeter", "number of a database"),
        ("redis://127.0.0.1/0?socket_timeout=5", "without the option 'socket_timeout'"),
        ("sentinel://127.0.0.1:26379/0", "master_name"),
        ("sentinel://127.0.0.1/first?master_name=x", "number of a database"),
        ("sentinel://127.0.0.1/0?master_name=x&db=3", "without the option 'db'"),
        ("amqp://127.0.0.1?heartbeat=5", "without the option 'heartbeat'"),
        ("amqp://127.0.0.1?verify=verify_none", "without the option 'verify'"),
        ("amqps://127.0.0.1?verify=no", "verify_peer or verify_none"),
        ("amqps://127.0.0.1?cacertfile=/no/such/file", "cacertfile names a file"),
        ("amqp://", "percent-encoded"),
        ("amqp://one,,two", "percent-encoded"),
        ("amqp://127.0.0.1:0", "percent-encoded"),
        *((f"{scheme}://me:sec{c}ret@127.0.0.1:1234/0", "percent-encoded") for scheme in SCHEMES[3:] for c in "/?#@"),
        *((f"{scheme}://me:12{c}secret@127.0.0.1:1234/0", "percent-encoded") for scheme in SCHEMES[3:] for c in "/?#@"),
        ("amqp://127.0.0.1:secret/0", "percent-encoded"),
    ],
)
def test_an_address_that_cannot_work_is_refused_in_one_line(url: str, told: str) -> None:
    message = refusal_of("BROKER_URL", url)
    assert told in message
    assert "secret" not in message
    assert "ret@" not in message


@pytest.mark.parametrize(
    ("url", "host", "port", "vhost"),
    [
        ("amqp://rabbit", "rabbit", 5672, "/"),
        ("amqp://rabbit/", "rabbit", 5672, "/"),
        ("amqp://rabbit/%2F", "rabbit", 5672, "/"),
        ("amqp://rabbit:1234/a%2Fb", "rabbit", 1234, "a/b"),
        ("amqps://rabbit/tweeter", "rabbit", 5671, "tweeter"),
        ("amqp://[::1]:1234/tweeter", "::1", 1234, "tweeter"),
    ],
)
def test_kombu_reads_the_parts_of_a_rabbitmq_address(url: str, host: str, port: int, vhost: str) -> None:
    connection = read(url)
    assert (connection.hostname, connection.port, connection.virtual_host) == (host, port, vhost)


def test_kombu_reads_a_percent_encoded_password() -> None:
    for url in ("amqp://ann:p%40s%2Fs%3A@rabbit", "sentinel://ann:p%40s%2Fs%3A@one?master_name=x"):
        assert (read(url).userid, read(url).password) == ("ann", "p@s/s:")


def test_each_host_is_tried() -> None:
    assert read("amqp://me:pass@one,two:1/v").alt == ["amqp://me:pass@one:5672/v", "amqp://me:pass@two:1/v"]
    sentinels = read("sentinel://:pass@one,two:1/3?master_name=x&sentinel_password=other")
    assert sentinels.alt == ["sentinel://:pass@one:26379/3", "sentinel://:pass@two:1/3"]
    options = sentinels.transport_options or {}
    assert (options["master_name"], options["sentinel_kwargs"]["password"]) == ("x", "other")


@pytest.mark.parametrize(
    ("options", "tls"),
    [
        ("", {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": "rabbit"}),
        ("?verify=verify_none", {"cert_reqs": ssl.CERT_NONE}),
        ("?cacertfile=FILE", {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": "rabbit", "ca_certs": "FILE"}),
    ],
)
def test_a_certificate_is_verified_unless_the_address_says_otherwise(
    options: str, tls: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "authority"
    file.touch()
    given = {name: str(file) if value == "FILE" else value for name, value in tls.items()}
    assert read(f"amqps://rabbit{options.replace('FILE', str(file))}").ssl == given


def test_without_broker_url_the_broker_is_the_redis() -> None:
    settings = Settings(redis_url="redis://one")
    assert settings.broker == "redis://one"
    assert settings.replace(broker_url="amqp://two").broker == "amqp://two"
    assert settings.replace(redis_url="redis://three").broker == "redis://three"
