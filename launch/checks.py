"""What can be known to fail before anything is started, said in one line that names the variable."""

from contextlib import suppress
from typing import Any

import redis
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from launch.errors import LaunchError
from serving.server.listening import AddressError, check
from settings import Settings
from storage.mongodb_errors import explain, refuse_unfit
from storage.redis.errors import CLUSTER, explain_redis

ANSWER_SECONDS = 4


def check_ports(settings: Settings) -> None:
    """Errors: LaunchError."""
    if settings.port == settings.flower_port:
        raise LaunchError(f"PORT and FLOWER_PORT are both {settings.port}: set one of them to another port")
    for variable, host, port in (
        ("PORT", settings.host, settings.port),
        ("FLOWER_PORT", "127.0.0.1", settings.flower_port),
    ):
        try:
            check(host, port, port_variable=variable)
        except AddressError as error:
            raise LaunchError(str(error)) from None


def check_servers(settings: Settings) -> None:
    """Those addresses that are given answer. Errors: LaunchError."""
    if settings.mongodb_url:
        _check_mongodb(settings.mongodb_url, settings.mongodb_database)
    if settings.redis_url:
        _check_redis(settings.redis_url)


def without_password(url: str) -> str:
    """The address fit to be shown: no user, no password, no options."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def _check_mongodb(url: str, database: str) -> None:
    limit_ms = int(ANSWER_SECONDS * 1000)
    try:
        with MongoClient[dict[str, Any]](
            url, readPreference="primary", serverSelectionTimeoutMS=limit_ms, connectTimeoutMS=limit_ms
        ) as client:
            refuse_unfit(client.admin.command("hello"))
            client[database].command("listCollections", nameOnly=True, authorizedCollections=True)
    except (PyMongoError, ValueError, OSError) as error:
        fault = explain(error)
        raise LaunchError(fault.reason if fault.is_final else _silent("MONGODB_URL", url, fault.reason)) from None


def _check_redis(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS) as client:
            client.ping()
            with suppress(redis.ResponseError):  # a user that may not ask
                if client.info("cluster").get("cluster_enabled"):
                    raise LaunchError(CLUSTER)
    except (redis.RedisError, ValueError, OSError) as error:
        raise LaunchError(_silent("REDIS_URL", url, explain_redis(error))) from None


def _silent(variable: str, url: str, reason: str) -> str:
    return f"{variable} {without_password(url)} does not answer: {reason}"
