"""MongoDB and Redis for one command: those it was given, those of a running `tweeter up`, or its own."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from launch.errors import LaunchError
from launch.mongod import start_mongod
from launch.redis_server import start_redis
from launch.running import Running, find_running, holding
from launch.servers import START_SECONDS
from settings import Settings

Say = Callable[[str], None]


@contextmanager
def services(settings: Settings, *, say: Say, command: str = "…") -> Iterator[Settings]:
    """Settings whose `mongodb_url` and `redis_url` answer for the duration. Errors: LaunchError."""
    if settings.mongodb_url and settings.redis_url:
        yield settings
        return
    found = _started(settings, say=say)
    if found is not None:
        say(f"using the servers of {found}")
        yield replace(
            settings,
            mongodb_url=settings.mongodb_url or found.mongodb_url,
            redis_url=settings.redis_url or found.redis_url,
        )
        return
    with holding(settings.data_dir, command), ExitStack() as stack:
        yield start_embedded(settings, stack=stack, say=say)


def start_embedded(settings: Settings, *, stack: ExitStack, say: Say) -> Settings:
    """The settings, with a server of our own for each address left empty; the stack stops them. Errors: LaunchError."""
    if not settings.mongodb_url:
        say(f"starting mongod in {settings.data_dir / 'mongodb'}")
        mongod = start_mongod(settings.data_dir / "mongodb")
        stack.callback(mongod.stop)
        settings = replace(settings, mongodb_url=mongod.url)
    if not settings.redis_url:
        say(f"starting Redis in {settings.data_dir / 'redis'}")
        redis = start_redis(settings.data_dir / "redis")
        stack.callback(redis.stop)
        settings = replace(settings, redis_url=redis.url)
    return settings


def _started(settings: Settings, *, say: Say) -> Running | None:
    """A running `tweeter up` whose servers answer: one that has just begun is waited for."""
    found = find_running(settings.data_dir)
    if found is None or found.command != "up":
        return None
    if not found.mongodb_url:
        say(f"waiting for the servers of {found}")
    deadline = time.monotonic() + START_SECONDS
    while found is not None and not found.mongodb_url:
        if time.monotonic() > deadline:
            raise LaunchError(f"{found} but has no servers yet: try again later")
        time.sleep(0.1)
        found = find_running(settings.data_dir)
    return found
