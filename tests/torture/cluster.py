"""The system under torture: three mongods, a Redis, and the processes of the Procfile."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import redis

from launch import Server, start_redis
from launch.ports import free_port
from settings import Settings
from tests.pipeline.stack import Stack
from tests.replica_set import ReplicaSet, start_replica_set
from tests.waiting import wait_for

PROCESSES = ("web", "worker", "beat")
ELECTED_WITHIN_S = 60
WHOLE_WITHIN_S = 30
ROLLBACK_ATTEMPTS = 3
CELEBRITY_THRESHOLD = 60
FEED_WINDOW = 25


class BusyStack(Stack):
    def command(self, name: str) -> str:
        return super().command(name).replace("-A worker", "-A tests.torture.entry")


@dataclass
class Cluster:
    replicas: ReplicaSet
    redis: Server
    stack: Stack

    def children(self, name: str) -> list[int]:
        """Return the worker processes of uvicorn or Celery, without resource trackers."""
        leader = self.stack.running[name].pid
        below = [
            int(pid) for file in Path(f"/proc/{leader}/task").glob("*/children") for pid in file.read_text().split()
        ]
        return [pid for pid in below if b"tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def wipe_redis(self) -> None:
        with redis.Redis.from_url(self.redis.url) as client:
            client.flushall()

    def start_empty_redis(self) -> None:
        shutil.rmtree(self.redis.directory / "appendonlydir", ignore_errors=True)
        self.redis = start_redis(self.redis.directory, port=self.redis.port)

    def primary(self) -> Server:
        """Return the primary. Wait for an election.

        Raises:
            AssertionError: None is elected.
        """
        wait_for(self.replicas.primary, ELECTED_WITHIN_S)
        found = self.replicas.primary()
        return found if found is not None else self.primary()

    def restart_mongods(self, lost: Iterable[Server]) -> None:
        """Wait for three voting members. A member in rollback would leave no majority after the next fault.

        mongod 6.0.5 was seen to hang in the middle of a rollback, with neither progress nor error. Such a member is
        restarted, as an operator would do.

        Raises:
            AssertionError: A restart does not help.
        """
        for server in lost:
            self.replicas.restart(server)
        for _ in range(ROLLBACK_ATTEMPTS):
            with suppress(AssertionError):
                wait_for(lambda: not self.replicas.absent(), WHOLE_WITHIN_S)
                return
            for server in self.replicas.absent():
                server.kill()
                self.replicas.restart(server)
        wait_for(lambda: not self.replicas.absent(), WHOLE_WITHIN_S)

    def stop(self) -> None:
        self.stack.stop()
        self.redis.kill()
        for server in self.replicas.servers:
            server.kill()  # their files are no longer needed


@contextmanager
def start_cluster(directory: Path) -> Iterator[Cluster]:
    """Start servers and processes, and wait until all of them answer."""
    replicas = start_replica_set(directory / "mongodb")
    cluster: Cluster | None = None
    try:
        server = start_redis(directory / "redis")
        settings = Settings(
            mongodb_url=replicas.url,
            redis_url=server.url,
            port=free_port(),
            data_dir=directory,
            celebrity_threshold=CELEBRITY_THRESHOLD,
            feed_window=FEED_WINDOW,
            web_concurrency=2,  # so that all nodes have the acknowledged writes
            worker_concurrency=2,
            log_level="warning",
            rate_limits="off",  # all clients use one address, at full speed
        )
        cluster = Cluster(replicas, server, BusyStack(settings, directory))
        for name in PROCESSES:
            cluster.stack.start(name)
        cluster.stack.wait_until_ready()
        yield cluster
    finally:
        if cluster is not None:
            cluster.stop()
        else:
            replicas.stop()
