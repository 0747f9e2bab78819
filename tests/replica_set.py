from dataclasses import dataclass
from pathlib import Path

from pymongo.errors import PyMongoError

from launch.mongod import direct_client, start_member
from launch.servers import START_SECONDS, Server, wait_until

MEMBER_CACHE_GB = 0.25
# A tenth of MongoDB's defaults, since on one machine a silent member is dead.
HEARTBEAT_MILLIS = 500
ELECTION_TIMEOUT_MILLIS = 2000


@dataclass(slots=True)
class ReplicaSet:
    """Several members on this machine. `kill()` a server to lose a member, and `restart()` it to get it back."""

    name: str
    servers: list[Server]

    @property
    def url(self) -> str:
        hosts = ",".join(f"127.0.0.1:{server.port}" for server in self.servers)
        return f"mongodb://{hosts}/?replicaSet={self.name}"

    def primary(self) -> Server | None:
        """Return the member that accepts writes, or None during an election."""
        return next((s for s in self.servers if s.poll() is None and _state(s) == "primary"), None)

    def absent(self) -> list[Server]:
        """Return the members that are neither primary nor secondary: dead, starting, or in rollback."""
        return [server for server in self.servers if server.poll() is not None or not _state(server)]

    def restart(self, server: Server) -> Server:
        """Restart a dead member on its files and port. It replaces the old one in `servers`."""
        revived = start_member(server.directory, port=server.port, replica_set=self.name, cache_gb=MEMBER_CACHE_GB)
        self.servers[self.servers.index(server)] = revived
        return revived

    def stop(self) -> None:
        for server in self.servers:
            server.child.terminate()
        for server in self.servers:
            server.stop()


def start_replica_set(
    directory: Path, members: int = 3, *, replica_set: str = "tweeter", seconds: float = START_SECONDS
) -> ReplicaSet:
    """Start members in new directories. Wait for a primary with all others as secondaries.

    Raises:
        LaunchError: A member does not start.
    """
    started = ReplicaSet(replica_set, [])
    try:
        for number in range(members):
            own = directory / f"member-{number}"
            server = start_member(own, port=None, replica_set=replica_set, cache_gb=MEMBER_CACHE_GB, seconds=seconds)
            started.servers.append(server)
        _initiate(started)
        for server in started.servers:
            wait_until(lambda server=server: _state(server) != "", server=server, seconds=seconds)  # type: ignore[misc]
        wait_until(lambda: started.primary() is not None, server=started.servers[0], seconds=seconds)
    except BaseException:
        for server in started.servers:
            server.kill()
        raise
    return started


def _initiate(replicas: ReplicaSet) -> None:
    config = {
        "_id": replicas.name,
        "members": [{"_id": n, "host": f"127.0.0.1:{s.port}"} for n, s in enumerate(replicas.servers)],
        "settings": {"heartbeatIntervalMillis": HEARTBEAT_MILLIS, "electionTimeoutMillis": ELECTION_TIMEOUT_MILLIS},
    }
    with direct_client(replicas.servers[0].port) as client:
        client.admin.command("replSetInitiate", config)


def _state(server: Server) -> str:
    """Return "primary", "secondary" or an empty string."""
    with direct_client(server.port) as client:
        try:
            hello = client.admin.command("hello")
        except PyMongoError:
            return ""
    return "primary" if hello["isWritablePrimary"] else "secondary" if hello["secondary"] else ""
