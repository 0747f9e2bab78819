"""No trouble of Redis ends a process, and posts are delivered when Redis works again."""

import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

import pytest
from redis import Redis, RedisError

from launch import Server, start_redis
from launch.ports import free_port
from settings import Settings
from storage import create_indexes, open_storage
from tests.pipeline.clients import Clients, complete
from tests.pipeline.stack import Stack, stack
from tests.pipeline.star import star_with_followers
from tests.waiting import wait_for
from tests.world import World

PROCESSES = ("web", "worker", "beat", "flower")
FOLLOWERS = 10
FELT = ("broker.away", "announcements.missed", "Connection to broker lost", "Cannot connect")
PAUSE_MS = 4_000
ENDLESS = "while true do end"


@dataclass
class Troubled:
    """All processes on one Redis, and an account that posts."""

    redis: Server
    running: Stack
    token: str

    def admin(self) -> "Redis":
        return Redis.from_url(self.redis.url, socket_timeout=5)

    def is_felt_by(self, name: str, since: int) -> bool:
        """Return whether the process has logged trouble after the position `since`."""
        log = self.running.log(name)[since:]
        return any(sign in log for sign in FELT)

    def ended(self) -> list[str]:
        return [name for name in PROCESSES if self.running.running[name].poll() is not None]


Trouble = Callable[[Troubled], Iterator[None]]


def is_a_replica(troubled: Troubled) -> Iterator[None]:
    with troubled.admin() as admin:
        admin.replicaof("127.0.0.1", free_port())
        yield
        admin.replicaof("NO", "ONE")


def has_no_memory(troubled: Troubled) -> Iterator[None]:
    with troubled.admin() as admin:
        admin.config_set("maxmemory", "1")
        yield
        admin.config_set("maxmemory", "0")


def has_no_replicas_to_write_to(troubled: Troubled) -> Iterator[None]:
    with troubled.admin() as admin:
        admin.config_set("min-replicas-to-write", "1")
        yield
        admin.config_set("min-replicas-to-write", "0")


def runs_a_script_without_an_end(troubled: Troubled) -> Iterator[None]:
    def run() -> None:
        with suppress(RedisError), Redis.from_url(troubled.redis.url) as client:
            client.eval(ENDLESS, 0)

    with troubled.admin() as admin:
        admin.config_set("busy-reply-threshold", "100")
        script = Thread(target=run)
        script.start()
        yield
        admin.script_kill()
        script.join()


def forbids_writing(troubled: Troubled) -> Iterator[None]:
    with troubled.admin() as admin:
        admin.acl_setuser("default", enabled=True, nopass=True, categories=["-@write"])
        yield
        admin.acl_setuser("default", enabled=True, nopass=True, categories=["+@all"])


def asks_for_a_password(troubled: Troubled) -> Iterator[None]:
    with troubled.admin() as admin:
        admin.config_set("requirepass", "another")
        admin.client_kill_filter(_type="normal", skipme=True)
        admin.client_kill_filter(_type="pubsub", skipme=True)
        yield
        admin.config_set("requirepass", "")


def answers_nothing(troubled: Troubled) -> Iterator[None]:
    os.kill(troubled.redis.pid, signal.SIGSTOP)
    yield
    os.kill(troubled.redis.pid, signal.SIGCONT)


def delays_all_commands(troubled: Troubled) -> Iterator[None]:
    with troubled.admin() as admin:
        admin.client_pause(PAUSE_MS)  # CLIENT UNPAUSE would also be delayed
        yield
        admin.ping()


def drops_all_connections(troubled: Troubled) -> Iterator[None]:
    with troubled.admin() as admin:
        admin.config_set("maxclients", "1")
        admin.client_kill_filter(_type="normal", skipme=True)
        admin.client_kill_filter(_type="pubsub", skipme=True)
        yield
        admin.config_set("maxclients", "10000")


def is_wiped(troubled: Troubled) -> Iterator[None]:
    with troubled.admin() as admin:
        admin.flushall()
        yield


def is_killed(troubled: Troubled) -> Iterator[None]:
    troubled.redis.kill()
    yield
    troubled.redis = start_redis(troubled.redis.directory, port=troubled.redis.port)


@contextmanager
def in_trouble(troubled: Troubled, trouble: Trouble) -> Iterator[None]:
    """Bring Redis into trouble during the context, and repair it afterwards."""
    steps = trouble(troubled)
    next(steps)
    try:
        yield
    finally:
        next(steps, None)


TROUBLES: list[Trouble] = [
    is_a_replica,
    has_no_memory,
    has_no_replicas_to_write_to,
    runs_a_script_without_an_end,
    forbids_writing,
    asks_for_a_password,
    answers_nothing,
    delays_all_commands,
    drops_all_connections,
    is_wiped,
    is_killed,
]


# Troubles that a waiting worker notices after half a minute or never: without memory it continues.
UNFELT = (has_no_memory, runs_a_script_without_an_end, answers_nothing, delays_all_commands, is_wiped)


@pytest.fixture(scope="module")
async def troubled(mongodb_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Troubled]:
    directory = tmp_path_factory.mktemp("troubled")
    server = start_redis(directory / "redis")
    settings = Settings(mongodb_url=mongodb_url, redis_url=server.url, mongodb_database="troubled", rate_limits="off")
    opened = open_storage(mongodb_url, database="troubled", driver="pymongo", session_ttl_days=30)
    async with opened as storage:
        await create_indexes(storage.mongo)
        token, _ = await star_with_followers(World(storage), FOLLOWERS)
    with stack(settings, directory, *PROCESSES) as running:
        started = Troubled(server, running, token)
        yield started
        started.redis.kill()


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
async def test_processes_survive_trouble_of_redis_and_deliver_a_post_afterwards(
    troubled: Troubled, trouble: Trouble
) -> None:
    for name in troubled.ended():  # restarted by the trouble of another test
        troubled.running.start(name)
    troubled.running.wait_until_ready()
    async with Clients(troubled.running.url) as clients:
        await complete(clients, troubled.token, await clients.create_post(troubled.token, "before"))
        told = {name: len(troubled.running.log(name)) for name in PROCESSES}
        with in_trouble(troubled, trouble):
            post = await clients.create_post(troubled.token, "meanwhile")
            if trouble not in (is_wiped, delays_all_commands):  # a process does not repeat a recent error
                wait_for(lambda: troubled.is_felt_by("web", told["web"]) or troubled.ended())
            if trouble not in UNFELT:
                wait_for(lambda: troubled.is_felt_by("worker", told["worker"]) or troubled.ended())
            assert troubled.ended() == []
        await complete(clients, troubled.token, post)
        await complete(clients, troubled.token, await clients.create_post(troubled.token, "afterwards"))
    assert troubled.ended() == []
