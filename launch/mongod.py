"""Starts the embedded MongoDB.

Kept by hand: pymongo-inmemory downloads its binary at run time, and testcontainers needs Docker.
"""

from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from launch.binaries import mongod_binary
from launch.servers import START_SECONDS, Server, start_server, wait_until

CACHE_GB = 0.5  # of servers with little data
CACHE_SHARE = 0.25  # of the memory; web and workers need the rest, and the files' own cache
CACHE_GB_MIN, CACHE_GB_MAX = 0.25, 4.0  # mongod's minimum
OPLOG_MB = 990  # mongod's minimum; its default is a twentieth of the disk
# The lifetime of a snapshot. Deleted keys of the index of posts in flight slow reads down for this time. At the default
# of five minutes and thirty posts per second, reading a page takes three times as long.
HISTORY_S = 30
NOT_YET_INITIALIZED = 94
INVALID_REPLICA_SET_CONFIG = 93


def cache_gb_for(memory: int) -> float:
    """Return the size of the cache, in GiB, for a machine or container with so many bytes of memory."""
    return round(min(max(CACHE_SHARE * memory / 2**30, CACHE_GB_MIN), CACHE_GB_MAX), 2)


def start_mongod(
    directory: Path,
    *,
    port: int | None = None,
    replica_set: str = "tweeter",
    cache_gb: float = CACHE_GB,
    seconds: float = START_SECONDS,
) -> Server:
    """Start a writable primary, the only member of its replica set, with its files in the directory.

    Raises:
        LaunchError: It cannot be started, or is not a primary in time.
    """
    server = start_member(directory, port=port, replica_set=replica_set, cache_gb=cache_gb, seconds=seconds)
    try:
        wait_until(lambda: _is_alone_and_primary(server, replica_set), server=server, seconds=seconds)
    except BaseException:
        server.kill()
        raise
    return server


def start_member(
    directory: Path, *, port: int | None, replica_set: str, cache_gb: float = CACHE_GB, seconds: float = START_SECONDS
) -> Server:
    """Start a mongod and wait until it answers. The caller configures the replica set.

    Raises:
        LaunchError: It cannot be started, or does not answer in time.
    """

    def program(directory: Path, port: int) -> list[str]:
        files = directory / "db"
        files.mkdir(exist_ok=True)
        return [
            *(str(mongod_binary(directory)), "--quiet", "--nounixsocket"),
            *("--dbpath", str(files)),
            *("--port", str(port), "--bind_ip", "127.0.0.1"),
            *("--replSet", replica_set, "--oplogSize", str(OPLOG_MB)),
            *("--wiredTigerCacheSizeGB", str(cache_gb)),
            *("--networkMessageCompressors", "snappy,zstd"),  # not zlib: CVE-2025-14847
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
            *("--setParameter", f"minSnapshotHistoryWindowInSeconds={HISTORY_S}"),
            # By default a primary waits 15 s before it stops, so that another member can take over.
            *("--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"),
        ]

    return start_server(
        "mongod",
        directory=directory,
        # With the name of the replica set and not directConnection, clients wait for the primary during a restart
        # instead of failing on a node that is not primary yet.
        url=f"mongodb://127.0.0.1:{{port}}/?replicaSet={replica_set}",
        port=port,
        program=program,
        answers=_answers,
        seconds=seconds,
    )


def direct_client(port: int) -> MongoClient[dict[str, Any]]:
    """Return a client of one member, in any state."""
    return MongoClient(
        "127.0.0.1",
        port,
        directConnection=True,
        serverSelectionTimeoutMS=500,
        connectTimeoutMS=2000,
        socketTimeoutMS=10000,
    )


def _answers(server: Server) -> bool:
    with direct_client(server.port) as client:
        try:
            # Another server may have taken the port.
            return bool(client.admin.command("serverStatus", repl=0, metrics=0)["pid"] == server.pid)
        except PyMongoError:
            return False


def _is_alone_and_primary(server: Server, replica_set: str) -> bool:
    address = f"127.0.0.1:{server.port}"
    with direct_client(server.port) as client:
        try:
            hello = client.admin.command("hello")
            if hello["isWritablePrimary"]:
                return bool(hello["me"] == address)
            _configure(client, address=address, replica_set=replica_set)
        except PyMongoError:
            pass
    return False


def _configure(client: MongoClient[dict[str, Any]], *, address: str, replica_set: str) -> None:
    try:
        client.admin.command("replSetGetStatus")
    except OperationFailure as error:
        if error.code == NOT_YET_INITIALIZED:
            members = [{"_id": 0, "host": address}]
            client.admin.command("replSetInitiate", {"_id": replica_set, "members": members})
        elif error.code == INVALID_REPLICA_SET_CONFIG:
            # Its files hold another port, so it does not find itself among the members.
            config = client.local["system.replset"].find_one() or {}
            members = [config["members"][0] | {"host": address}]
            client.admin.command("replSetReconfig", config | {"members": members}, force=True)
