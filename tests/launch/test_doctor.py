"""`tweeter doctor` finds servers, data and workers in a wrong state, says what to do, and shows no secret."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis

from domain.ids import first_id_at
from launch import Server, start_redis
from launch.doctor.findings import Finding, Level
from launch.doctor.visit import CHECKS, visit
from launch.ports import free_port
from settings import Settings
from storage import Storage, create_indexes
from storage.data_version import FIRST, LATEST
from tests.launch.supervised import ROOT
from tests.pipeline.stack import stack
from tests.servers import start_other_mongod, start_other_redis
from tests.waiting import wait_for

SECRET = "dist1nctive"


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = start_redis(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def settings(mongodb_url: str, storage: Storage, redis_server: Server, tmp_path: Path) -> Settings:
    database = storage.mongo.database.name
    return Settings(
        mongodb_url=mongodb_url, mongodb_database=database, redis_url=redis_server.url, data_dir=tmp_path / "data"
    )


def found(settings: Settings, level: Level, *checks: str) -> dict[str, Finding]:
    return {finding.check: finding for finding in visit(settings, checks) if finding.level is level}


def printed(settings: Settings, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cli", "doctor", *options],
        cwd=ROOT,
        env=settings.environment() | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_system_that_works_has_nothing_that_fails(settings: Settings, tmp_path: Path) -> None:
    with stack(settings, tmp_path, "worker") as running:
        wait_for(lambda: " ready." in running.log("worker"))
        done = printed(settings, "--json")
        findings = {each["check"]: each for each in json.loads(done.stdout)}
        strict = printed(settings, "--strict")
    assert {name for name, each in findings.items() if each["level"] == "failed"} == set()
    assert findings["members"]["level"] == "warning"  # the suite's replica set has one
    assert findings["workers"]["text"].startswith("1 answer")
    assert {findings[name]["level"] for name in ("MongoDB", "clock", "data", "indexes", "in flight", "REDIS_URL")} == {
        "ok"
    }
    assert (done.returncode, strict.returncode) == (0, 1)
    assert "members: the replica set has 1 member" in strict.stdout


def test_without_a_worker_the_status_is_two(settings: Settings) -> None:
    done = printed(settings)
    assert done.returncode == 2
    assert "workers: none answers" in done.stdout
    assert "tweeter run worker" in done.stdout


def test_servers_that_do_not_answer_are_named_without_their_passwords(settings: Settings) -> None:
    away = settings.replace(
        mongodb_url=f"mongodb://ann:{SECRET}@127.0.0.1:{free_port()}/?replicaSet=x",
        redis_url=f"redis://:{SECRET}@127.0.0.1:{free_port()}/0",
    )
    failures = found(away, Level.FAILED, *CHECKS)
    assert failures.keys() == {"MongoDB", "Redis", "workers"}
    assert "MONGODB_URL" in failures["MongoDB"].text
    assert "REDIS_URL" in failures["Redis"].text
    assert SECRET not in printed(away, "--json").stdout


def test_a_mongod_without_a_replica_set_is_refused(settings: Settings, tmp_path: Path) -> None:
    server = start_other_mongod(tmp_path / "alone")
    try:
        failures = found(settings.replace(mongodb_url=server.url), Level.FAILED, "MongoDB")
    finally:
        server.kill()
    assert "replica set" in failures["MongoDB"].text


@pytest.mark.parametrize(
    ("given", "check", "level", "word"),
    [
        ({"maxmemory-policy": "allkeys-lru"}, "REDIS_URL: memory", Level.FAILED, "noeviction"),
        ({"maxmemory": "1mb"}, "REDIS_URL: memory", Level.WARNING, "maxmemory"),
        ({"appendonly": "no"}, "REDIS_URL: persistence", Level.WARNING, "appendonly"),
        ({"replicaof": None}, "REDIS_URL", Level.FAILED, "replica"),
    ],
)
def test_a_redis_in_a_wrong_state_is_found(
    settings: Settings,
    redis_server: Server,
    tmp_path: Path,
    given: dict[str, str | None],
    check: str,
    level: Level,
    word: str,
) -> None:
    options = {name: value for name, value in given.items() if value is not None}
    server = start_other_redis(tmp_path / "other", options, url="redis://127.0.0.1:{port}/0")
    try:
        if "replicaof" in given:
            with Redis.from_url(server.url) as client:
                client.replicaof("127.0.0.1", redis_server.port)
        finding = found(settings.replace(redis_url=server.url), level, "Redis")[check]
    finally:
        server.kill()
    assert word in finding.text + finding.advice


async def test_stored_data_in_a_wrong_state_are_found(settings: Settings, storage: Storage) -> None:
    mongo = storage.mongo
    old = first_id_at(datetime.now(UTC) - timedelta(minutes=5))
    await mongo.collection("meta").update_one({"_id": "data"}, {"$set": {"version": FIRST}}, upsert=True)
    await mongo.collection("posts").insert_one({"_id": old, "author": 1, "text": "hello", "in_flight": True})
    await mongo.collection("follows").drop_index("days")
    try:
        warnings, failures = found(settings, Level.WARNING, "data"), found(settings, Level.FAILED, "data")
    finally:
        await create_indexes(mongo)
        await mongo.collection("meta").update_one({"_id": "data"}, {"$set": {"version": LATEST}})
        await mongo.collection("posts").delete_one({"_id": old})
    assert "tweeter migrate" in warnings["data"].advice
    assert warnings["indexes"].text == "missing: follows.days"
    assert "1 posts, the oldest 30" in failures["in flight"].text


def test_a_data_directory_that_cannot_be_written_is_found(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch(mode=0o400)
    failures = found(settings.replace(data_dir=tmp_path / "file" / "data"), Level.FAILED, "DATA_DIR")
    assert "cannot be written" in failures["DATA_DIR"].text


def test_settings_that_are_unsafe_are_found(settings: Settings) -> None:
    warnings = found(settings.replace(rate_limits="off", host="0.0.0.0"), Level.WARNING, "settings")
    assert {"RATE_LIMITS", "HOST"} <= warnings.keys()
    assert "HOST" not in found(settings.replace(host="0.0.0.0", trusted_proxies="10.0.0.1"), Level.WARNING, "settings")
