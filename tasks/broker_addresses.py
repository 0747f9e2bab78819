"""Checks broker addresses and translates them for kombu. Only this module and `broker_errors` know the brokers."""

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from storage.redis.addresses import SCHEMES as REDIS_SCHEMES
from storage.redis.addresses import broker_address, check_redis_address, quote_host

SENTINEL = "sentinel"
RABBITMQ_SCHEMES = ("amqp", "amqps")
SCHEMES = (*REDIS_SCHEMES, SENTINEL, *RABBITMQ_SCHEMES)
SENTINEL_OPTIONS = ("master_name", "sentinel_password")
# As in RabbitMQ's URI query parameters: https://www.rabbitmq.com/docs/uri-query-parameters
TLS_PATHS = {"cacertfile": "ca_certs", "certfile": "certfile", "keyfile": "keyfile"}
TLS_OPTIONS = ("verify", *TLS_PATHS)
VERIFY = ("verify_peer", "verify_none")
DEFAULT_PORTS = {SENTINEL: 26_379, "amqp": 5_672, "amqps": 5_671}

CONNECT_TIMEOUT_S = 1
ANSWER_TIMEOUT_S = 10
VISIBILITY_TIMEOUT_S = 60  # of Redis. It must exceed the time limit of tasks, or a running task is delivered again
REDIS_OPTIONS: Mapping[str, Any] = {
    "visibility_timeout": VISIBILITY_TIMEOUT_S,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": ANSWER_TIMEOUT_S,
    "socket_connect_timeout": CONNECT_TIMEOUT_S,
    "socket_keepalive": True,
}
# RabbitMQ needs no such timeout: it delivers a message again if the connection of its worker is lost.
RABBITMQ_OPTIONS: Mapping[str, Any] = {
    "confirm_publish": True,
    "read_timeout": ANSWER_TIMEOUT_S,
    "write_timeout": ANSWER_TIMEOUT_S,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """The parts of an address that may name several hosts."""

    scheme: str
    credentials: str  # as they stand in the address
    hosts: Sequence[tuple[str, int]]
    path: str
    options: Mapping[str, str]

    @property
    def user(self) -> str:
        return unquote(self.credentials.partition(":")[0])

    @property
    def password(self) -> str:
        return unquote(self.credentials.partition(":")[2])

    def urls(self) -> list[str]:
        """Return an address for each host."""
        at = f"{self.credentials}@" if self.credentials else ""
        return [f"{self.scheme}://{at}{quote_host(host)}:{port}/{self.path}" for host, port in self.hosts]


@dataclass(frozen=True, slots=True, kw_only=True)
class KombuAddress:
    """The address of a broker as Celery's configuration needs it."""

    url: str
    tls: dict[str, Any] | None  # `broker_use_ssl`
    options: Mapping[str, Any]  # `broker_transport_options`
    is_redis: bool


def check_broker_address(url: str) -> str:
    """Return the address unchanged.

    Raises:
        ValueError: It cannot work. The message completes "BROKER_URL must be" and quotes no part of the address but the
            names of its scheme and options.
    """
    scheme = url.partition("://")[0]
    if scheme not in SCHEMES or "://" not in url:
        raise ValueError("empty, or an address that begins with " + " or ".join(f"{each}://" for each in SCHEMES))
    if scheme in REDIS_SCHEMES:
        return check_redis_address(url)
    parsed = parse_hosts(url)
    known = {SENTINEL: SENTINEL_OPTIONS, "amqps": TLS_OPTIONS}.get(scheme, ())
    for name in parsed.options:
        if name not in known:
            reason = f"is none of {', '.join(known)}" if known else "it has no options"
            raise ValueError(f"an address without the option {name[:40]!r}: {reason}")
    if scheme == SENTINEL:
        if not parsed.options.get("master_name"):
            raise ValueError(
                "an address with the name of the primary, as sentinel://one:26379,two:26379/0?master_name=x"
            )
        if not (parsed.path.isdecimal() or not parsed.path):
            raise ValueError("an address whose path is the number of a database, as sentinel://host:26379/0")
    if parsed.options.get("verify", VERIFY[0]) not in VERIFY:
        raise ValueError(f"an address whose option verify is {' or '.join(VERIFY)}")
    for name in TLS_PATHS:
        if name in parsed.options and not Path(parsed.options[name]).is_file():
            raise ValueError(f"an address whose option {name} names a file that can be read")
    return url


def parse_hosts(url: str) -> Hosts:
    """Parse an address: `scheme://user:password@host:port,host:port/path?option=value`.

    Raises:
        ValueError: It cannot be parsed. The message completes "BROKER_URL must be".
    """
    try:
        parts = urlsplit(url)
        credentials, _, hosts = parts.netloc.rpartition("@")
        found = [urlsplit(f"//{host}") for host in hosts.split(",")]
        given = parse_qs(parts.query, keep_blank_values=True)
        is_read = not parts.fragment and "@" not in parts.path + parts.query and "@" not in credentials
        is_read = is_read and all(each.hostname and each.port != 0 for each in found)
    except ValueError:
        is_read = False
    if not is_read:  # the error quotes nothing: a part of the password may look like a port, an option or a path
        raise ValueError("an address such as amqp://user:password@host:5672/vhost, its password percent-encoded")
    return Hosts(
        scheme=parts.scheme,
        credentials=credentials,
        hosts=[(str(each.hostname), each.port or DEFAULT_PORTS[parts.scheme]) for each in found],
        path=parts.path.removeprefix("/"),
        options={name: values[0] for name, values in given.items()},
    )


def kombu_address(url: str) -> KombuAddress:
    """Return a checked address as kombu reads it. An empty one leads to a broker that never answers."""
    scheme = url.partition("://")[0]
    if scheme == SENTINEL:
        return _sentinel(parse_hosts(url))
    if scheme in RABBITMQ_SCHEMES:
        return _rabbitmq(parse_hosts(url))
    address, tls = broker_address(url)
    return KombuAddress(url=address, tls=tls, options=REDIS_OPTIONS, is_redis=True)


def _sentinel(parsed: Hosts) -> KombuAddress:
    to_sentinels: dict[str, Any] = {"socket_timeout": ANSWER_TIMEOUT_S, "socket_connect_timeout": CONNECT_TIMEOUT_S}
    if password := parsed.options.get("sentinel_password"):
        to_sentinels |= {"password": password}
    options = {"master_name": parsed.options["master_name"], "sentinel_kwargs": to_sentinels}
    return KombuAddress(url=";".join(parsed.urls()), tls=None, options={**REDIS_OPTIONS, **options}, is_redis=True)


def _rabbitmq(parsed: Hosts) -> KombuAddress:
    """Return the address of a RabbitMQ.

    Without `server_hostname`, py-amqp checks no name (py-amqp 5.4, transport.py, `_wrap_socket_sni`).

    None stands for the host that kombu connects to; but then it takes 127.0.0.1 for the name localhost (kombu 5.7,
    transport/pyamqp.py, `establish_connection`).
    """
    tls: dict[str, Any] | None = None
    if parsed.scheme == "amqps":
        name = parsed.hosts[0][0] if len(parsed.hosts) == 1 else None
        is_verified = parsed.options.get("verify", VERIFY[0]) == VERIFY[0]
        tls = {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": name} if is_verified else {"cert_reqs": ssl.CERT_NONE}
        tls |= {TLS_PATHS[name]: path for name, path in parsed.options.items() if name in TLS_PATHS}
    return KombuAddress(url=";".join(parsed.urls()), tls=tls, options=RABBITMQ_OPTIONS, is_redis=False)
