"""What can be known to fail before anything is started, said in one line that names the variable."""

import redis
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from launch.errors import LaunchError
from launch.ports import is_free
from settings import Settings

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
            free = is_free(port, host=host)
        except OSError:
            raise LaunchError(f"HOST {host} is not an address of this machine") from None
        if not free:
            raise LaunchError(f"{variable} {port} on {host} is in use or not allowed: set {variable} to another port")


def check_servers(settings: Settings) -> None:
    """Those addresses that are given answer. Errors: LaunchError."""
    if settings.mongodb_url:
        _check_mongodb(settings.mongodb_url)
    if settings.redis_url:
        _check_redis(settings.redis_url)


def without_password(url: str) -> str:
    """The address fit to be shown: no user, no password, no options."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def _check_mongodb(url: str) -> None:
    try:
        with MongoClient[dict[str, object]](url, serverSelectionTimeoutMS=ANSWER_SECONDS * 1000) as client:
            client.admin.command("ping")
            hello = client.admin.command("hello")
    except (PyMongoError, ValueError) as error:
        raise _silent("MONGODB_URL", url, error) from None
    if "setName" not in hello and hello.get("msg") != "isdbgrid":
        raise LaunchError(f"MONGODB_URL {without_password(url)} is not a replica set: start its mongod with --replSet")


def _check_redis(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise _silent("REDIS_URL", url, error) from None


def _silent(variable: str, url: str, error: Exception) -> LaunchError:
    # The kind of error only: its text may quote the part of the address that it took for a host, a password perhaps.
    return LaunchError(f"{variable} {without_password(url)} does not answer ({type(error).__name__})")
