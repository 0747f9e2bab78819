"""A Redis with a password and a replica, and three Sentinels that promote the replica within seconds."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from redis import Redis, RedisError

from launch import Server
from launch.ports import free_port
from launch.servers import dies_with_parent
from tests.servers import PASSWORD, start_other_redis, tls_redis
from tests.waiting import wait_for

NAME = "tweeter"
SENTINELS, QUORUM = 3, 2
SETTINGS = {"requirepass": PASSWORD, "masterauth": PASSWORD, "appendonly": "yes", "maxmemory-policy": "noeviction"}


@dataclass(slots=True)
class GuardedRedis:
    servers: list[Server]
    sentinels: list[int]  # ports

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.sentinels)
        return f"sentinel://:{PASSWORD}@{hosts}/0?master_name={NAME}"

    def primary(self) -> Server:
        return next(server for server in self.servers if self._role(server) == "master")

    def fail_over(self) -> None:
        """Kill the primary, wait for the promotion of its replica, and start the killed one again as a replica."""
        lost = self.primary()
        (other,) = (server for server in self.servers if server is not lost)
        lost.kill()
        wait_for(lambda: self._role(other) == "master")
        wait_for(lost.restart)
        wait_for(lambda: self._role(lost) == "slave")

    def _role(self, server: Server) -> str:
        with suppress(RedisError), _client(server) as client:
            return str(client.info("replication")["role"])
        return ""

    def is_watched(self, sentinel: int) -> bool:
        """Return whether the Sentinel knows the replica and the other Sentinels."""
        with suppress(RedisError), Redis(port=sentinel, socket_timeout=2) as client:
            replicas, others = client.sentinel_slaves(NAME), client.sentinel_sentinels(NAME)
            return len(replicas) == 1 and len(others) == SENTINELS - 1
        return False


def _client(server: Server) -> "Redis":
    return Redis(port=server.port, password=PASSWORD, socket_timeout=2)


@contextmanager
def guarded_redis(directory: Path) -> Iterator[GuardedRedis]:
    with ExitStack() as opened:
        url = f"redis://:{PASSWORD}@127.0.0.1:{{port}}/0"
        primary = start_other_redis(directory / "redis-1", SETTINGS, url=url, program=tls_redis())
        opened.callback(primary.kill)
        replica = start_other_redis(directory / "redis-2", SETTINGS, url=url, program=tls_redis())
        opened.callback(replica.kill)
        with _client(replica) as client:
            client.replicaof("127.0.0.1", primary.port)
        started = GuardedRedis([primary, replica], [])
        for number in range(SENTINELS):
            started.sentinels.append(port := free_port())
            opened.callback(_stop, _start_sentinel(directory / f"sentinel-{number}", port, primary.port))
        wait_for(lambda: all(map(started.is_watched, started.sentinels)))
        yield started


def _start_sentinel(directory: Path, port: int, watched: int) -> "subprocess.Popen[bytes]":
    directory.mkdir(parents=True)
    (directory / "sentinel.conf").write_text(
        f"port {port}\nbind 127.0.0.1\ndir {directory}\nsentinel monitor {NAME} 127.0.0.1 {watched} {QUORUM}\n"
        f"sentinel auth-pass {NAME} {PASSWORD}\nsentinel down-after-milliseconds {NAME} 2000\n"
        f"sentinel failover-timeout {NAME} 5000\n"
    )
    program = directory / "redis-sentinel"
    program.symlink_to(tls_redis())  # by this name it is one
    with (directory / "log").open("wb") as log:
        command = dies_with_parent([str(program), str(directory / "sentinel.conf")])
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def _stop(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.wait()
