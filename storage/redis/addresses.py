"""Redis URLs: the schemes and options that are allowed, and their translation for each client of Redis.

redis-py, kombu and Flower read URLs differently. kombu does not know `unix://`, verifies no certificate by default and
raises a TypeError for an unknown option. So a URL is checked once and translated here.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from redis.asyncio.connection import parse_url

SCHEMES = ("redis", "rediss", "unix")
NO_SENTINEL = "redis:// address of a proxy that follows the primary, as HAProxy can: Sentinel is not supported"
ELSEWHERE = {
    "sentinel": NO_SENTINEL,
    "redis+sentinel": NO_SENTINEL,
    "redis+socket": "unix:// address, as unix:///run/redis.sock?db=0, instead of redis+socket://",
    "socket": "unix:// address, as unix:///run/redis.sock?db=0, instead of socket://",
}
# All clients read these options alike.
OPTIONS = ("db",)
PATHS = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
TLS_OPTIONS = ("ssl_cert_reqs", "ssl_check_hostname", *PATHS)
CERT_REQS = ("none", "optional", "required")


def check_redis_address(url: str) -> str:
    """Return the address unchanged.

    Raises:
        ValueError: At least one client cannot use it. The message completes "REDIS_URL must be". It quotes the scheme
            and names of options, and no other part of the URL.
    """
    scheme = url.partition("://")[0]
    if scheme in ELSEWHERE:
        raise ValueError(f"the {ELSEWHERE[scheme]}")
    if scheme not in SCHEMES or "://" not in url:
        raise ValueError("empty, or an address that begins with " + " or ".join(f"{each}://" for each in SCHEMES))
    try:
        parts = urlsplit(url)
        port = parts.port
        parse_url(url)
        is_read = "@" not in parts.query and "@" not in parts.path and not parts.fragment
    except ValueError:
        is_read = False
    if not is_read:  # say no more: a wrongly parsed port, option or path may be part of a password
        raise ValueError("an address such as redis://:password@host:6379/0, its password percent-encoded")
    _check_options(scheme, parse_qs(parts.query, keep_blank_values=True))
    if scheme == "unix" and (not parts.path.startswith("/") or parts.hostname):
        raise ValueError("an absolute path after unix://, as unix:///run/redis.sock?db=0")
    database = parts.path.strip("/")
    if scheme != "unix" and (port == 0 or not (database.isdecimal() or not database)):
        raise ValueError("an address whose path is the number of a database, as redis://host:6379/0")
    return url


def _check_options(scheme: str, given: Mapping[str, list[str]]) -> None:
    known = (*OPTIONS, *TLS_OPTIONS) if scheme == "rediss" else OPTIONS
    for name, values in given.items():
        if name not in known:
            reason = "belongs to rediss://" if name in TLS_OPTIONS else f"is none of {', '.join(known)}"
            raise ValueError(f"an address without the option {name[:40]!r}, which {reason}")
        if name == "db" and not values[0].isdecimal():
            raise ValueError("an address whose option db is the number of a database")
        if name == "ssl_cert_reqs" and values[0] not in CERT_REQS:
            raise ValueError(f"an address whose option ssl_cert_reqs is {' or '.join(CERT_REQS)}")
        if name in PATHS and not Path(values[0]).is_file():
            raise ValueError(f"an address whose option {name} names a file that can be read")


def broker_address(url: str) -> tuple[str, dict[str, Any] | None]:
    """Return the URL for kombu, and the value of Celery's setting `broker_use_ssl`.

    Without `broker_use_ssl`, kombu verifies no certificate: it sets CERT_NONE (kombu 5.7, connection.py,
    `_init_params`).
    """
    parsed: Mapping[str, Any] = parse_url(url) if url else {}
    password = quote(parsed.get("password", ""), safe="")
    user = quote(parsed.get("username", ""), safe="") + (f":{password}" if password else "")
    credentials = f"{user}@" if user else ""
    database = parsed.get("db", 0)
    if url.startswith("unix://"):
        path = quote(parsed["path"])
        return f"redis+socket://{credentials}{path}?{urlencode({'virtual_host': database})}", None
    host = quote_host(parsed.get("host", "localhost"))
    tls = {"ssl_cert_reqs": "required", "ssl_check_hostname": True}
    tls |= {name: value for name, value in parsed.items() if name in TLS_OPTIONS}
    is_secure = url.startswith("rediss://")
    address = f"{'rediss' if is_secure else 'redis'}://{credentials}{host}:{parsed.get('port', 6379)}/{database}"
    return address, tls if is_secure else None


def quote_host(host: str) -> str:
    """Return a host name or an address as it stands in a URL: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else quote(host)
