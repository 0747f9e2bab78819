"""A connect that is cancelled at any step leaves no socket open, for each client that we cancel."""

import asyncio
import gc
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from domain.rates import Rate
from storage.mongo import Mongo
from storage.redis.client import Redis
from storage.redis.rate_limits import RateLimiter

STEPS = 20  # turns of the event loop; a connect has begun by the fifth
Opened = tuple[Awaitable[object], Callable[[], Awaitable[None]]]  # the connect, and how to close its client


def mongo(port: int) -> Opened:
    client = Mongo(f"mongodb://127.0.0.1:{port}/", database="none", driver="pymongo")
    return client.ping(), client.close


def redis(port: int) -> Opened:
    client = Redis(f"redis://127.0.0.1:{port}/0")
    return client.is_reachable(), client.close


def windows(port: int) -> Opened:
    client = RateLimiter(f"redis://127.0.0.1:{port}/0")
    return client.count_hit("key", Rate(5, per_s=60)), client.close


@pytest.fixture(params=[0, 100], ids=["not connected", "connected, not answered"])
def silent_port(request: pytest.FixtureRequest) -> Iterator[int]:
    """A port with a full backlog, or one that accepts connections and never answers."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(request.param)
        if request.param == 0:
            for _ in range(3):
                waiting = stack.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@pytest.fixture
def no_collection() -> Iterator[None]:
    """Disable the garbage collector, which would close leaked sockets and hide them."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def sockets_to(port: int) -> set[str]:
    """Return the inodes of this process's open TCP sockets to the port of this machine."""
    mine = set()
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            mine.add(os.readlink(f"/proc/self/fd/{descriptor}").removeprefix("socket:[").removesuffix("]"))
        except FileNotFoundError:
            continue
    rows = [line.split() for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
    return {row[9] for row in rows if row[2] == f"0100007F:{port:04X}" and row[9] in mine}


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="only Linux tells a process's sockets in /proc")
@pytest.mark.usefixtures("no_collection")
@pytest.mark.parametrize("open_client", [mongo, redis, windows])
async def test_a_cancelled_connect_leaves_no_socket(open_client: Callable[[int], Opened], silent_port: int) -> None:
    before = sockets_to(silent_port)
    left: dict[int, int] = {}
    seen = 0
    for steps in range(STEPS):
        connecting, close = open_client(silent_port)
        task = asyncio.ensure_future(connecting)
        for _ in range(steps):
            await asyncio.sleep(0)
        seen += len(sockets_to(silent_port) - before)
        task.cancel()
        await asyncio.wait({task})
        await close()
        for _ in range(10):  # transports close their sockets in a later turn of the loop
            await asyncio.sleep(0)
        if more := len(sockets_to(silent_port) - before):
            left[steps] = more
    assert seen, "no connect was cancelled while it ran"
    assert left == {}
