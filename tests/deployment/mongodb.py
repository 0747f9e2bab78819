"""Three mongods that demand TLS and a password, and know each other by a key file."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import AutoReconnect, PyMongoError

from launch import Server
from launch.binaries import mongod_binary
from launch.servers import START_SECONDS, start_server
from tests.replica_set import ELECTION_TIMEOUT_MILLIS, HEARTBEAT_MILLIS, MEMBER_CACHE_GB
from tests.servers import PASSWORD, ROOT, Certificates
from tests.waiting import wait_for

NAME = "tweeter"
MEMBERS = 3
STEPPED_DOWN_S = 10
ELECTED_WITHIN_S = 60


@dataclass(slots=True)
class GuardedReplicaSet:
    servers: list[Server]
    certificates: Certificates

    @property
    def url(self) -> str:
        hosts = ",".join(f"localhost:{server.port}" for server in self.servers)
        return f"mongodb://{ROOT}:{PASSWORD}@{hosts}/?replicaSet={NAME}&authSource=admin&{self._tls}"

    @property
    def _tls(self) -> str:
        return f"tls=true&tlsCAFile={self.certificates.authority}"

    def client(self, server: Server, *, user: str | None = ROOT) -> MongoClient[dict[str, Any]]:
        """Return a client of one member, in any state."""
        who = f"{user}:{PASSWORD}@" if user else ""
        url = f"mongodb://{who}localhost:{server.port}/?directConnection=true&{self._tls}"
        return MongoClient(url, serverSelectionTimeoutMS=2_000, connectTimeoutMS=2_000)

    def primary(self) -> Server:
        """Return the primary. Wait for an election.

        Raises:
            AssertionError: None is elected.
        """
        wait_for(lambda: self._with_state("isWritablePrimary"), ELECTED_WITHIN_S)
        found = self._with_state("isWritablePrimary")
        return found[0] if found else self.primary()

    def secondaries(self) -> list[Server]:
        return self._with_state("secondary")

    def step_down(self) -> None:
        """Let another member become primary."""
        before = self.primary()
        with self.client(before) as client, suppress(AutoReconnect):
            client.admin.command("replSetStepDown", STEPPED_DOWN_S)
        wait_for(lambda: self._with_state("isWritablePrimary") not in ([], [before]), ELECTED_WITHIN_S)

    def restart(self, server: Server) -> None:
        """Stop a member in an orderly way, start it again on its files and port, and wait for three voting members."""
        server.stop(30)
        wait_for(server.restart)
        self.wait_until_whole()

    def wait_until_whole(self) -> None:
        """Wait for a primary, and all others as secondaries."""
        wait_for(
            lambda: bool(self._with_state("isWritablePrimary")) and len(self.secondaries()) == MEMBERS - 1,
            ELECTED_WITHIN_S,
        )

    def _with_state(self, state: str) -> list[Server]:
        return [server for server in self.servers if self._hello(server).get(state)]

    def _hello(self, server: Server) -> dict[str, Any]:
        with self.client(server, user=None) as client:
            try:
                return client.admin.command("hello")
            except PyMongoError:
                return {}

    def initiate(self) -> None:
        members = [{"_id": n, "host": f"localhost:{server.port}"} for n, server in enumerate(self.servers)]
        pace = {"heartbeatIntervalMillis": HEARTBEAT_MILLIS, "electionTimeoutMillis": ELECTION_TIMEOUT_MILLIS}
        with self.client(self.servers[0], user=None) as client:  # without a password once, from localhost
            client.admin.command("replSetInitiate", {"_id": NAME, "members": members, "settings": pace})
        self.wait_until_whole()
        with self.client(self.primary(), user=None) as client:
            client.admin.command("createUser", ROOT, pwd=PASSWORD, roles=["root"])


@contextmanager
def guarded_replica_set(directory: Path, certificates: Certificates) -> Iterator[GuardedReplicaSet]:
    directory.mkdir(parents=True)
    key, pem = directory / "members.key", directory / "server-with-key.pem"
    key.write_text("c2VjcmV0IG9mIHRoZSBzZXQ=")
    pem.write_text(certificates.certificate.read_text() + certificates.key.read_text())
    for file in (key, pem):
        file.chmod(0o600)
    started = GuardedReplicaSet([], certificates)

    def program(directory: Path, port: int) -> list[str]:
        (directory / "db").mkdir(exist_ok=True)
        return [
            *(str(mongod_binary(directory)), "--quiet", "--nounixsocket", "--replSet", NAME, "--oplogSize", "990"),
            *("--dbpath", str(directory / "db"), "--port", str(port), "--bind_ip", "localhost"),
            *("--auth", "--keyFile", str(key), "--wiredTigerCacheSizeGB", str(MEMBER_CACHE_GB)),
            *("--tlsMode", "requireTLS", "--tlsCertificateKeyFile", str(pem)),
            *("--tlsCAFile", str(certificates.authority), "--tlsAllowConnectionsWithoutCertificates"),
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
        ]

    try:
        for number in range(MEMBERS):
            server = start_server(
                "mongod",
                directory=directory / f"member-{number}",
                url="mongodb://localhost:{port}/",
                port=None,
                program=program,
                answers=lambda server: bool(started._hello(server)),
                seconds=START_SECONDS,
            )
            started.servers.append(server)
        started.initiate()
        yield started
    finally:
        for server in started.servers:
            server.kill()  # their files are no longer needed
