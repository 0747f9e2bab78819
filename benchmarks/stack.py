"""The system under test: separate servers in a new directory, and the Procfile's web and worker processes."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from redis import Redis

from launch import LaunchError
from launch.children import Child, Guard, orphan_reaper, start_child, stop_children
from launch.embedded import Say, embedded
from launch.ports import free_port
from launch.procfile import read_procfile
from launch.supervisor import PROCFILE
from launch.terminal import Terminal
from settings import Settings

LOG = "log"  # output of all processes, in the directory
READY_WITHIN_S = 60
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Stack:
    settings: Settings  # with the servers' addresses
    mongod: int  # its process group
    guard: Guard
    terminal: Terminal  # a file


@contextmanager
def start_stack(directory: Path, *, say: Say) -> Iterator[Stack]:
    """Start servers and stop them after the context. Their files stay in the directory.

    Raises:
        LaunchError: A server cannot be started.
    """
    with ExitStack() as opened:
        log = opened.enter_context((directory / LOG).open("wb"))
        terminal = Terminal(log.fileno())
        opened.callback(terminal.close)
        guard = opened.enter_context(orphan_reaper())
        # Rate limits are off, since all requests come from one address, as fast as possible.
        wanted = Settings(data_dir=directory, worker_concurrency=WORKERS, log_level="warning", rate_limits="off")
        settings, servers = opened.enter_context(embedded(wanted, say=say))
        for server in servers:
            guard(server.pid)
        mongod = next(server.pid for server in servers if server.url == settings.mongodb_url)
        yield Stack(settings, mongod, guard, terminal)


def settings_for(stack: Stack, database: str, *, redis_database: int, celebrity_threshold: int) -> Settings:
    """Return settings for one pair of web and worker, isolated from other pairs."""
    return stack.settings.replace(
        mongodb_database=database,
        redis_url=f"{stack.settings.redis_url.rpartition('/')[0]}/{redis_database}",
        celebrity_threshold=celebrity_threshold,
        port=free_port(),
    )


@contextmanager
def running(stack: Stack, settings: Settings, names: Sequence[str] = ("web", "worker")) -> Iterator[list[Child]]:
    """Start processes of the Procfile, and wait until the web process is ready.

    Raises:
        LaunchError: They do not start.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = settings.environment() | {"PATH": path, "PYTHONUNBUFFERED": "1"}
    commands = read_procfile(PROCFILE)
    with Redis.from_url(settings.redis_url) as redis:
        redis.flushdb()  # so that pairs do not share messages
    children: list[Child] = []
    try:
        for name in names:
            child = start_child(
                name, commands[name], directory=PROCFILE.parent, environment=environment, terminal=stack.terminal
            )
            stack.guard(child.pid)
            children.append(child)
        _wait_until_ready(settings, children)
        yield children
    finally:
        stop_children(children, hurried=lambda: False)


def _wait_until_ready(settings: Settings, children: list[Child]) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    direct = build_opener(ProxyHandler({}))  # ignores proxies of the environment
    while True:
        with suppress(URLError, ConnectionError), direct.open(f"http://127.0.0.1:{settings.port}/readyz"):
            return
        if any(child.has_ended() for child in children) or time.monotonic() > deadline:
            raise LaunchError(f"the web process or the worker did not start: see {settings.data_dir / LOG}")
        time.sleep(0.1)
