"""The faults and their repairs. All functions here block."""

import contextlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.torture.cluster import Cluster

Mend = Callable[[], object]
READY_WITHIN_S = 180  # long enough for a simultaneous fault of MongoDB


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault. `inflict` injects it and returns the function that repairs it."""

    name: str
    inflict: Callable[[Cluster, Random], Mend]


def _nothing() -> None:
    """Do nothing: the parent restarts the child, or clients declare their queues again."""


def kill_web(cluster: Cluster, _: Random) -> Mend:
    cluster.stack.kill("web")

    def mend() -> None:
        cluster.stack.start("web")
        cluster.stack.wait_until_ready(READY_WITHIN_S)

    return mend


def kill_worker(cluster: Cluster, _: Random) -> Mend:
    cluster.stack.kill("worker")
    return lambda: cluster.stack.start("worker")


def kill_beat(cluster: Cluster, _: Random) -> Mend:
    cluster.stack.kill("beat")
    return lambda: cluster.stack.start("beat")


def kill_web_child(cluster: Cluster, dice: Random) -> Mend:
    return _kill_child(cluster, "web", dice)


def kill_worker_child(cluster: Cluster, dice: Random) -> Mend:
    return _kill_child(cluster, "worker", dice)


def _kill_child(cluster: Cluster, name: str, dice: Random) -> Mend:
    if children := cluster.children(name):
        with contextlib.suppress(ProcessLookupError):
            os.kill(dice.choice(children), signal.SIGKILL)
    return _nothing


def wipe_redis(cluster: Cluster, _: Random) -> Mend:
    cluster.wipe_redis()
    return _nothing


def kill_redis(cluster: Cluster, _: Random) -> Mend:
    cluster.redis.kill()
    return cluster.start_empty_redis


def kill_primary(cluster: Cluster, _: Random) -> Mend:
    lost = cluster.primary()
    lost.kill()

    def mend() -> None:
        with contextlib.suppress(AssertionError):  # a member may hang in a rollback: see `restart_mongods`
            cluster.primary()  # the other two elect a primary without the third
        cluster.restart_mongods([lost])

    return mend


def kill_secondary(cluster: Cluster, dice: Random) -> Mend:
    primary = cluster.primary()
    lost = dice.choice([server for server in cluster.replicas.servers if server is not primary])
    lost.kill()
    return lambda: cluster.restart_mongods([lost])


def kill_all_mongods(cluster: Cluster, _: Random) -> Mend:
    lost = list(cluster.replicas.servers)
    for server in lost:
        server.child.kill()  # kills all before it waits for any, like a power failure
    for server in lost:
        server.kill()

    def mend() -> None:
        cluster.restart_mongods(lost)
        cluster.primary()

    return mend


OF_PROCESSES = (
    Fault("web killed", kill_web),
    Fault("one web process killed", kill_web_child),
    Fault("worker killed, with its children", kill_worker),
    Fault("one worker process killed", kill_worker_child),
    Fault("beat killed", kill_beat),
    Fault("Redis wiped", wipe_redis),
    Fault("Redis killed, back empty", kill_redis),
)
OF_MONGODB = (
    Fault("MongoDB: primary killed", kill_primary),
    Fault("MongoDB: secondary killed", kill_secondary),
    Fault("MongoDB: all three killed", kill_all_mongods),
)
