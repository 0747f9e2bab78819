"""Servers of kinds that `launch` does not start: with a password, with TLS, in a cluster, standalone."""

import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError
from redis import Redis, RedisError

from launch import Server
from launch.binaries import mongod_binary, redis_binary
from launch.servers import START_SECONDS, start_server
from tests.lacking import lacking
from tests.waiting import wait_for

ROOT, PASSWORD = "root", "dist1nctive"


def start_other_mongod(directory: Path, *options: str) -> Server:
    """Start a mongod with only these options. Without `--replSet` it is in no replica set."""

    def program(directory: Path, port: int) -> list[str]:
        (directory / "db").mkdir(exist_ok=True)
        return [
            *(str(mongod_binary(directory)), "--quiet", "--nounixsocket"),
            *("--dbpath", str(directory / "db"), "--port", str(port), "--bind_ip", "127.0.0.1"),
            *("--wiredTigerCacheSizeGB", "0.25"),
            *options,
        ]

    return start_server(
        "mongod",
        directory=directory,
        url="mongodb://127.0.0.1:{port}/",
        port=None,
        program=program,
        answers=lambda server: _is_pid_of_mongod(server),
        seconds=START_SECONDS,
    )


def start_mongod_with_password(directory: Path) -> Server:
    """Start a primary that requires a password. Its url is ROOT's."""
    directory.mkdir(parents=True)
    key = directory / "key"
    key.write_text("c2VjcmV0IG9mIHRoZSBzZXQ=")
    key.chmod(0o600)
    server = start_other_mongod(
        directory, "--replSet", "guarded", "--oplogSize", "990", "--auth", "--keyFile", str(key)
    )
    with MongoClient[dict[str, Any]](server.url, directConnection=True) as client:
        members = [{"_id": 0, "host": f"127.0.0.1:{server.port}"}]
        client.admin.command("replSetInitiate", {"_id": "guarded", "members": members})
        wait_for(lambda: client.admin.command("hello")["isWritablePrimary"])
        client.admin.command("createUser", ROOT, pwd=PASSWORD, roles=["root"])  # allowed once, from localhost
    return replace(server, url=guarded_url(server, ROOT))


def guarded_url(server: Server, user: str, password: str = PASSWORD) -> str:
    return f"mongodb://{user}:{password}@127.0.0.1:{server.port}/?replicaSet=guarded&authSource=admin"


def _is_pid_of_mongod(server: Server) -> bool:
    try:
        with MongoClient[dict[str, Any]](server.url, directConnection=True, serverSelectionTimeoutMS=500) as client:
            client.admin.command("ping")
            return server.poll() is None
    except PyMongoError:
        return False


@dataclass(frozen=True, slots=True)
class Certificates:
    """Certificates of an untrusted authority, and of a server at `localhost`."""

    authority: Path
    certificate: Path
    key: Path


def make_certificates(directory: Path) -> Certificates:
    """Make certificates that are valid for the name localhost alone, and for no address.

    They follow RFC 5280 as strictly as Python 3.13's `ssl.create_default_context` verifies (VERIFY_X509_STRICT).
    """
    if shutil.which("openssl") is None:
        lacking("openssl is not installed")
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "extensions").write_text("subjectAltName=DNS:localhost\nauthorityKeyIdentifier=keyid")
    new = ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-batch"]
    sign = ["openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"]
    authority = ["-x509", "-days", "2", "-subj", "/CN=Authority of a test", "-addext", "keyUsage=critical,keyCertSign"]
    for command in (
        [*new, *authority, "-keyout", "ca.key", "-out", "ca.pem"],
        [*new, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr"],
        [*sign, "-days", "2", "-extfile", "extensions", "-out", "server.pem"],
    ):
        subprocess.run(command, cwd=directory, check=True, capture_output=True, timeout=60)
    return Certificates(directory / "ca.pem", directory / "server.pem", directory / "server.key")


def tls_redis() -> Path:
    """Return the program of a Redis with TLS, which the embedded one lacks.

    Debian's redis-tools has it even without the package redis-server, as one program under several names.
    """
    found = shutil.which("redis-server") or shutil.which("redis-sentinel")
    if found is None:
        lacking("no Redis with TLS is installed (Debian: apt install redis-server)")
    return Path(found).resolve()


def start_other_redis(directory: Path, settings: dict[str, str], *, url: str, program: Path | None = None) -> Server:
    """Start a Redis with these settings. They and the url have the placeholder `{port}`."""

    def command(directory: Path, port: int) -> list[str]:
        binary = directory / "redis-server"  # under this name the program is not a Sentinel
        binary.unlink(missing_ok=True)
        binary.symlink_to(program or redis_binary(directory))
        given = {"port": "{port}", "bind": "127.0.0.1", "dir": str(directory), "save": "", "daemonize": "no"} | settings
        words = (word for name, value in given.items() for word in (f"--{name}", value))
        return [str(binary), *(word.format(port=port) for word in words)]

    return start_server(
        "redis", directory=directory, url=url, port=None, program=command, answers=_answers, seconds=START_SECONDS
    )


def _answers(server: Server) -> bool:
    options = {"ssl_cert_reqs": "none"} if server.url.startswith("rediss") else {}
    client = Redis.from_url(server.url.partition("?")[0], socket_timeout=2, **options)
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()
