"""A misconfigured server is reported with the reason. If waiting cannot help, processes end with a clear line."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from uvicorn.config import STARTUP_FAILURE

from composition.storage import refuse_unusable
from launch import LaunchError, Server
from launch.checks import check_servers
from launch.ports import free_port
from settings import Settings
from storage.mongodb_errors import Unfit, refuse_unfit
from tests.launch.supervised import ROOT as SOURCES
from tests.servers import (
    PASSWORD,
    ROOT,
    guarded_url,
    start_mongod_with_password,
    start_other_mongod,
    start_other_redis,
)

PATIENT_S = 180  # long enough for a busy machine
_databases = count(1)


@dataclass(frozen=True, slots=True)
class Servers:
    """The servers that the tests of this file share, each started once."""

    guarded: Server
    alone: Server
    cluster: Server


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    directory = tmp_path_factory.mktemp("misconfigured")
    clustered = {"cluster-enabled": "yes", "cluster-port": str(free_port())}
    with ExitStack() as stack:
        guarded = start_mongod_with_password(directory / "guarded")
        stack.callback(guarded.stop)
        alone = start_other_mongod(directory / "alone")
        stack.callback(alone.stop)
        cluster = start_other_redis(directory / "cluster", clustered, url="redis://127.0.0.1:{port}/0")
        stack.callback(cluster.stop)
        with MongoClient[dict[str, Any]](guarded.url) as client:
            client.admin.command("createUser", "reader", pwd=PASSWORD, roles=["readAnyDatabase"])
            client.admin.command("createUser", "writer", pwd=PASSWORD, roles=["readWriteAnyDatabase"])
        yield Servers(guarded, alone, cluster)


def wrong_password(servers: Servers, settings: Settings) -> Settings:
    return settings.replace(mongodb_url=guarded_url(servers.guarded, ROOT, "secret"))


def no_user(servers: Servers, settings: Settings) -> Settings:
    return settings.replace(mongodb_url=f"mongodb://127.0.0.1:{servers.guarded.port}/?replicaSet=guarded")


def a_user_who_only_reads(servers: Servers, settings: Settings) -> Settings:
    return settings.replace(mongodb_url=guarded_url(servers.guarded, "reader"))


def an_index_with_other_keys(servers: Servers, settings: Settings) -> Settings:
    """Create an index with the same name as one of ours."""
    with MongoClient[dict[str, Any]](settings.mongodb_url) as client:
        client[settings.mongodb_database].users.create_index("first_name", name="alias_key_1")
    return settings


def an_index_with_other_options(servers: Servers, settings: Settings) -> Settings:
    """Create an index with the same name and keys as one of ours."""
    with MongoClient[dict[str, Any]](settings.mongodb_url) as client:
        client[settings.mongodb_database].sessions.create_index("expires_at", expireAfterSeconds=60)
    return settings


def documents_that_break_an_index(servers: Servers, settings: Settings) -> Settings:
    with MongoClient[dict[str, Any]](settings.mongodb_url) as client:
        client[settings.mongodb_database].users.insert_many([{"alias_key": "ann"}, {"alias_key": "ann"}])
    return settings


def no_replica_set(servers: Servers, settings: Settings) -> Settings:
    return settings.replace(mongodb_url=servers.alone.url)


def an_address_that_is_none(servers: Servers, settings: Settings) -> Settings:
    return settings.replace(mongodb_url="mongodb://me:sec/ret@127.0.0.1/")


def a_port_that_is_none(servers: Servers, settings: Settings) -> Settings:
    return settings.replace(mongodb_url="mongodb://127.0.0.1:secret/")


def tags_for_secondaries(servers: Servers, settings: Settings) -> Settings:
    return settings.replace(mongodb_url=f"{settings.mongodb_url}&readPreference=secondary&readPreferenceTags=dc:ny")


def a_redis_cluster(servers: Servers, settings: Settings) -> Settings:
    return settings.replace(redis_url=servers.cluster.url)


Misconfigure = Callable[[Servers, Settings], Settings]
ONCE_CONNECTED: dict[Misconfigure, str] = {
    wrong_password: "MONGODB_URL cannot be used: AuthenticationFailed: correct its user",
    no_user: "MONGODB_URL cannot be used: Unauthorized: grant its user the role readWrite",
    no_replica_set: "MONGODB_URL is not a replica set: start its mongod with --replSet",
    an_address_that_is_none: "MONGODB_URL cannot be used: correct its form",
    a_port_that_is_none: "MONGODB_URL cannot be used: correct its form",
    tags_for_secondaries: "MONGODB_URL cannot be used: remove its readPreferenceTags",
    a_redis_cluster: "REDIS_URL cannot be used: it is a node of a Redis Cluster",
}
ONCE_PREPARED: dict[Misconfigure, str] = {
    a_user_who_only_reads: "MONGODB_URL cannot be used: Unauthorized: grant its user the role readWrite",
    an_index_with_other_keys: "MONGODB_DATABASE cannot be used: IndexKeySpecsConflict: drop the index",
    an_index_with_other_options: "MONGODB_DATABASE cannot be used: IndexOptionsConflict: drop the index",
    documents_that_break_an_index: "MONGODB_DATABASE cannot be used: DuplicateKey: remove the documents",
}
FINAL = ONCE_CONNECTED | ONCE_PREPARED
every_final = pytest.mark.parametrize(("misconfigure", "told"), FINAL.items(), ids=[each.__name__ for each in FINAL])


@pytest.fixture
def settings(mongodb_url: str, redis_url: str, tmp_path: Path) -> Settings:
    """Return settings with a separate database."""
    return Settings(
        mongodb_url=mongodb_url,
        redis_url=redis_url,
        mongodb_database=f"misconfigured{next(_databases)}",
        port=free_port(),
        data_dir=tmp_path,
    )


def run(settings: Settings, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a process that must end by itself."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=SOURCES,
        env=settings.environment(os.environ),
        capture_output=True,
        text=True,
        timeout=PATIENT_S,
        check=False,
    )


def lines_about(told: str, ended: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in (ended.stdout + ended.stderr).splitlines() if told in line]


@every_final
def test_web_ends_with_a_line_that_states_the_reason(
    servers: Servers, settings: Settings, misconfigure: Misconfigure, told: str
) -> None:
    ended = run(misconfigure(servers, settings), "-m", "cli", "web")
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert len(lines_about(told, ended)) == 1, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "secret" not in (ended.stdout + ended.stderr).replace("ret@", "secret")


@pytest.mark.parametrize(
    ("misconfigure", "told"),
    [(each, FINAL[each]) for each in (wrong_password, no_replica_set, an_index_with_other_keys, a_redis_cluster)],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_worker_ends_with_a_line_that_states_the_reason(
    servers: Servers, settings: Settings, misconfigure: Misconfigure, told: str
) -> None:
    ended = run(misconfigure(servers, settings), "-m", "celery", "-A", "worker", "worker", "--concurrency", "1")
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert len(lines_about(told, ended)) == 1, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "secret" not in (ended.stdout + ended.stderr).replace("ret@", "secret")


def test_a_web_process_on_unchecked_servers_ends_by_itself(servers: Servers, settings: Settings) -> None:
    """This happens if a process finds the fault when its MongoDB is back."""
    misconfigured = an_index_with_other_keys(servers, settings)
    ended = run(misconfigured, "-m", "uvicorn", "app:app", "--port", str(settings.port), "--log-level", "critical")
    assert ended.returncode != 0
    assert len(lines_about(FINAL[an_index_with_other_keys], ended)) == 1, ended.stdout + ended.stderr


def test_several_web_processes_on_unchecked_servers_are_not_restarted(servers: Servers, settings: Settings) -> None:
    """Their supervisor does not restart them for ever."""
    program = (
        "from serving.server.serve import serve; from settings import Settings; "
        "settings = Settings.from_environment(); "
        "serve(host=settings.host, port=settings.port, processes=2, max_connections=100, keep_alive_s=75, "
        "stop_within_s=5, loop_stuck_s=60, log_level='warning')"
    )
    ended = run(an_index_with_other_keys(servers, settings), "-c", program)
    assert ended.returncode == STARTUP_FAILURE, ended.stdout + ended.stderr
    assert lines_about(FINAL[an_index_with_other_keys], ended), ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def test_beat_ends_on_a_redis_cluster(servers: Servers, settings: Settings, tmp_path: Path) -> None:
    schedule = str(tmp_path / "schedule")
    misconfigured = a_redis_cluster(servers, settings)
    ended = run(misconfigured, "-m", "celery", "-A", "worker", "beat", "--schedule", schedule, "--pidfile=")
    assert ended.returncode == 2
    assert len(lines_about("Redis Cluster", ended)) == 1


@pytest.mark.parametrize(
    ("misconfigure", "told"), ONCE_CONNECTED.items(), ids=[each.__name__ for each in ONCE_CONNECTED]
)
def test_up_refuses_a_misconfigured_server_before_the_start(
    servers: Servers, settings: Settings, misconfigure: Misconfigure, told: str
) -> None:
    with pytest.raises(LaunchError) as raised:
        check_servers(misconfigure(servers, settings))
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_user_with_read_and_write_permission_suffices(servers: Servers, settings: Settings) -> None:
    check_servers(settings.replace(mongodb_url=guarded_url(servers.guarded, "writer")))


async def test_a_temporary_failure_stops_only_commands(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launch.checks.ANSWER_SECONDS", 0.2)
    nowhere = settings.replace(mongodb_url="mongodb://127.0.0.1:9/?replicaSet=x", redis_url="redis://127.0.0.1:9/0")
    await refuse_unusable(nowhere)
    with pytest.raises(LaunchError, match=r"^MONGODB_URL \S+ does not answer: .*the connection is refused"):
        check_servers(nowhere)
    with pytest.raises(LaunchError, match=r"^REDIS_URL \S+ does not answer: .*the connection is refused"):
        check_servers(nowhere.replace(mongodb_url=""))


@pytest.mark.parametrize(
    ("hello", "told"),
    [({"msg": "isdbgrid"}, "is a mongos: .* name one replica set"), ({}, "is not a replica set: start its mongod")],
    ids=["mongos", "standalone"],
)
def test_an_unfit_server_is_refused(hello: dict[str, Any], told: str) -> None:
    hello = hello | {"isWritablePrimary": True}
    with pytest.raises(Unfit, match=f"MONGODB_URL {told}"):
        refuse_unfit(hello)


def test_a_member_is_fit_before_its_replica_set_is_initiated() -> None:
    refuse_unfit({"setName": "x"})
    refuse_unfit({"isreplicaset": True})
