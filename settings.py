"""Settings: the only reader of the environment.

Read by `app`, `cli` and the entry of `tasks`; everything else is handed what it needs.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from domain.errors import OperatorError
from storage.redis.addresses import check_redis_address


class BadSetting(OperatorError, ValueError):
    """A variable of the environment has a value that Tweeter cannot start with."""


def _integer(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text) if text.strip().lstrip("-").isdecimal() else None
        if number is None or not low <= number <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return number

    return parse


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(" or ".join(choices))
        return text

    return parse


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text and not text.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise ValueError("empty, or an address that begins with " + " or ".join(f"{s}://" for s in schemes))
        return text

    return parse


def _name(text: str) -> str:
    if not text or not all(c.isalnum() or c in "-_" for c in text):
        raise ValueError("letters, digits, - and _")
    return text


def _host(text: str) -> str:
    if not text or any(c.isspace() or c == "/" for c in text):
        raise ValueError("a host name or an address")
    return text


def _origins(text: str) -> str:
    for origin in text.split(","):
        if not _ORIGIN.fullmatch(origin):
            raise ValueError("origins with commas between them, as https://tweeter.example,http://localhost:5173")
    return text


def _files(text: str) -> str:
    files = text.split(",")
    if len(files) > MAX_FILES or not all(file.strip() for file in files):
        raise ValueError(f"one to {MAX_FILES} files with commas between them")
    return text


def _networks(text: str) -> str:
    for network in text.split(","):
        try:
            ip_network(network.strip())
        except ValueError:
            raise ValueError("addresses and networks with commas between them, as 127.0.0.1,10.0.0.0/8") from None
    return text


def _credentials(text: str) -> str:
    """As Flower reads them: it parts them at commas, and can compare ASCII only."""
    pairs = [each.partition(":") for each in text.split(",")] if text else []
    if not text.isascii() or not text.isprintable() or not all(user and password for user, _, password in pairs):
        raise ValueError("user:password, in ASCII; more of them after a comma")
    return text


def _token(text: str) -> str:
    """As a bearer token may look (RFC 6750)."""
    if not _TOKEN.fullmatch(text):
        raise ValueError("at least 16 letters, digits and - . _ ~ + /")
    return text


def _setting(default: Any, parse: Callable[[str], Any], *, secret: bool = False) -> Any:
    return field(default=default, metadata={"parse": parse}, repr=not secret)


MAX_FILES = 16

_PORT = _integer(1, 65535)
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")  # as browsers write it


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One attribute per environment variable, in lower case. Addresses may hold passwords and stay out of the repr."""

    host: str = _setting("127.0.0.1", _host)
    port: int = _setting(8000, _PORT)
    flower_port: int = _setting(5555, _PORT)
    flower_basic_auth: str = _setting("", _credentials, secret=True)
    mongodb_url: str = _setting("", _url("mongodb", "mongodb+srv"), secret=True)
    mongodb_database: str = _setting("tweeter", _name)
    mongodb_driver: str = _setting("pymongo", _one_of("pymongo", "motor"))
    redis_url: str = _setting("", check_redis_address, secret=True)
    data_dir: Path = _setting(Path(".data"), Path)
    celebrity_threshold: int = _setting(10_000, _integer(1, 10**9))
    feed_window: int = _setting(1_000, _integer(1, 10**6))
    dormant_after_days: int = _setting(30, _integer(1, 36_500))
    session_ttl_days: int = _setting(30, _integer(1, 3_650))
    cors_origins: str = _setting("", _origins)
    max_connections: int = _setting(2_000, _integer(10, 10**6))
    keep_alive_s: int = _setting(75, _integer(1, 86_400))
    request_timeout_s: int = _setting(10, _integer(1, 3_600))
    stop_within_s: int = _setting(45, _integer(1, 3_600))
    loop_stuck_s: int = _setting(30, _integer(1, 3_600))
    metrics_token: str = _setting("", _token, secret=True)
    rate_limits: str = _setting("on", _one_of("on", "off"))
    trusted_proxies: str = _setting("", _networks)
    playground: str = _setting("on", _one_of("on", "off"))
    documents: str = _setting("any", _one_of("any", "registered"))
    documents_file: str = _setting("", _files)
    web_concurrency: int = _setting(1, _integer(1, 256))
    worker_concurrency: int = _setting(2, _integer(1, 256))
    log_level: str = _setting("info", _one_of("debug", "info", "warning", "error"))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Errors: BadSetting, whose one line names the variable."""
        values = {}
        for setting in fields(cls):
            variable = setting.name.upper()
            text = environment.get(variable, "")
            if not text:
                continue
            try:
                values[setting.name] = setting.metadata["parse"](text)
            except ValueError as error:
                shown = "" if not setting.repr else f", not {text!r}"
                raise BadSetting(f"{variable} must be {error}{shown}") from None
        return cls(**values)

    def check_addresses(self) -> None:
        """Errors: BadSetting where there are no servers to work with."""
        if not self.mongodb_url or not self.redis_url:
            raise BadSetting("MONGODB_URL and REDIS_URL must be set; `tweeter up` starts servers where they are empty")

    def environment(self, around: Mapping[str, str] = os.environ) -> dict[str, str]:
        """That of another process which is to read the same settings."""
        ours = {setting.name.upper(): str(getattr(self, setting.name)) for setting in fields(self)}
        # Not those that are empty: Flower would ask for a password that nobody can give.
        return {name: value for name, value in {**around, **ours}.items() if value or name not in ours}
