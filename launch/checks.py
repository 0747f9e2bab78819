"""Checks settings before anything is started. Errors are one line that names the variable."""

from contextlib import suppress
from typing import Any

import redis
from kombu import Connection
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from launch.errors import LaunchError
from serving.server.listening import AddressError, check
from settings import Settings
from storage.mongodb_errors import explain, refuse_unfit
from storage.redis.errors import cluster_refusal, explain_redis
from tasks.broker_addresses import kombu_address
from tasks.broker_errors import explain_broker

ANSWER_SECONDS = 4


def check_ports(settings: Settings) -> None:
    """Check that the ports are free.

    Raises:
        LaunchError: A port is in use, or the ports are equal.
    """
    wanted = [
        ("PORT", settings.host, settings.port),
        ("FLOWER_PORT", "127.0.0.1", settings.flower_port),
        ("ADMIN_PORT", settings.admin_host, settings.admin_port),
        ("WORKER_ADMIN_PORT", settings.admin_host, settings.worker_admin_port),
    ]
    variables: dict[int, str] = {}
    for variable, host, port in wanted:
        if not port:
            continue
        if other := variables.get(port):
            raise LaunchError(f"{other} and {variable} are both {port}: set one of them to another port")
        variables[port] = variable
        try:
            check(host, port, port_variable=variable)
        except AddressError as error:
            raise LaunchError(str(error)) from None


def check_servers(settings: Settings) -> None:
    """Check that the servers of the configured addresses answer.

    Raises:
        LaunchError: A server does not answer or cannot be used.
    """
    if settings.mongodb_url:
        check_mongodb(settings.mongodb_url, settings.mongodb_database)
    for variable, url in settings.redis_addresses.items():
        check_redis(variable, url)
    if settings.broker_url and "BROKER_URL" not in settings.redis_addresses:
        check_broker(settings.broker_url)


def without_password(url: str) -> str:
    """Return the address without user, password and options, so that it can be shown."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def check_mongodb(url: str, database: str) -> None:
    """Check that a primary answers, and that the database can be used.

    Raises:
        LaunchError: It does not answer or cannot be used.
    """
    limit_ms = int(ANSWER_SECONDS * 1000)
    try:
        with MongoClient[dict[str, Any]](
            url, readPreference="primary", serverSelectionTimeoutMS=limit_ms, connectTimeoutMS=limit_ms
        ) as client:
            refuse_unfit(client.admin.command("hello"))
            client[database].command("listCollections", nameOnly=True, authorizedCollections=True)
    except (PyMongoError, ValueError, OSError) as error:
        fault = explain(error)
        raise LaunchError(fault.reason if fault.is_final else _no_answer("MONGODB_URL", url, fault.reason)) from None


def check_redis(variable: str, url: str) -> None:
    """Check that the Redis of the variable answers, and is no node of a cluster.

    Raises:
        LaunchError: It does not answer or cannot be used.
    """
    try:
        with redis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS) as client:
            client.ping()
            with suppress(redis.ResponseError):  # a user without permission for INFO
                if client.info("cluster").get("cluster_enabled"):
                    raise LaunchError(cluster_refusal(variable))
    except (redis.RedisError, ValueError, OSError) as error:
        raise LaunchError(_no_answer(variable, url, explain_redis(error, variable=variable))) from None


def check_broker(url: str) -> None:
    """Check a Sentinel or a RabbitMQ: connect once as a worker does.

    Raises:
        LaunchError: It does not answer or cannot be used.
    """
    address = kombu_address(url)
    connection = Connection(
        address.url, ssl=address.tls or False, connect_timeout=ANSWER_SECONDS, transport_options=dict(address.options)
    )
    try:
        tries = max(1, len(connection.alt))  # each host once
        connection.ensure_connection(
            max_retries=tries - 1, interval_start=0, interval_step=0, reraise_as_library_errors=False
        )
    except Exception as error:  # each transport has errors of its own
        raise LaunchError(_no_answer("BROKER_URL", url, explain_broker(error))) from None
    finally:
        connection.release()


def _no_answer(variable: str, url: str, reason: str) -> str:
    return f"{variable} {without_password(url)} does not answer: {reason}"
