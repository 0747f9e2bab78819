"""MongoDB and Redis for one command: configured servers, those of a running `tweeter up`, or embedded ones."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from launch.checks import check_servers
from launch.errors import LaunchError
from launch.memory import usable_memory
from launch.mongod import cache_gb_for, start_mongod
from launch.redis_server import start_redis
from launch.running import holding
from launch.servers import START_SECONDS, Server
from running import Running, find_running, with_servers_of
from settings import Settings

# Together with the grace of the children, less than the ten seconds within which everything stops. Both servers write a
# journal, so a SIGKILL costs a recovery at the next start but no acknowledged write.
MONGOD_STOP_SECONDS = 3.0
REDIS_STOP_SECONDS = 1.0

Say = Callable[[str], None]


@contextmanager
def open_servers(settings: Settings, *, say: Say, command: str = "…") -> Iterator[Settings]:
    """Yield settings whose `mongodb_url` and `redis_url` answer during the context.

    Raises:
        LaunchError: A server cannot be started or does not answer.
    """
    check_servers(settings)
    if settings.mongodb_url and settings.redis_url:
        yield settings
        return
    found = _find_running_up(settings, say=say)
    if found is not None:
        say(f"{found}: using its servers")
        yield with_servers_of(found, settings)
        return
    with holding(settings.data_dir, command), embedded(settings, say=say) as (filled, _):
        yield filled


@contextmanager
def embedded(settings: Settings, *, say: Say) -> Iterator[tuple[Settings, list[Server]]]:
    """Start an embedded server for each empty address. Yield the settings with its address, and the servers.

    Raises:
        LaunchError: A server cannot be started.
    """
    servers: list[Server] = []
    with ExitStack() as stack:
        if not settings.mongodb_url:
            say(f"starting mongod in {settings.data_dir / 'mongodb'}")
            servers.append(start_mongod(settings.data_dir / "mongodb", cache_gb=cache_gb_for(usable_memory())))
            stack.callback(servers[-1].stop, MONGOD_STOP_SECONDS)
            settings = settings.replace(mongodb_url=servers[-1].url)
        if not settings.redis_url:
            say(f"starting Redis in {settings.data_dir / 'redis'}")
            servers.append(start_redis(settings.data_dir / "redis"))
            stack.callback(servers[-1].stop, REDIS_STOP_SECONDS)
            settings = settings.replace(redis_url=servers[-1].url)
        yield settings, servers


def _find_running_up(settings: Settings, *, say: Say) -> Running | None:
    """Return a running `tweeter up`, if any. Wait until its servers answer.

    Raises:
        LaunchError: Its servers are not ready in time.
    """
    found = find_running(settings.data_dir)
    if found is None or found.command != "up":
        return None
    if not found.mongodb_url:
        say(f"{found}: waiting for its servers")
    deadline = time.monotonic() + START_SECONDS
    while found is not None and not found.mongodb_url:
        if time.monotonic() > deadline:
            raise LaunchError(f"{found} but has no servers yet: try again later")
        time.sleep(0.1)
        found = find_running(settings.data_dir)
    return found
