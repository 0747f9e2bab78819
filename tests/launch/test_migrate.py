"""`tweeter migrate` raises the version of old data, `tweeter up` that of its own, and newer data is refused."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.collection import Collection

from launch import open_servers
from launch.data import check_data
from launch.errors import LaunchError
from settings import Settings
from storage.clustered import CLUSTERED
from storage.data_version import LATEST
from storage.migrations import STEPS
from tests.launch.supervised import HEALTHY, ROOT, Supervised

PATIENT_S = 180  # a busy machine is no failure
NEWER = f"MONGODB_DATABASE holds data of version {LATEST + 1}, and this program knows versions up to {LATEST}"
_databases = count(1)


@dataclass(frozen=True, slots=True)
class Data:
    """A database of its own with one account, as the version before has made it."""

    settings: Settings
    meta: Collection[dict[str, Any]]

    @property
    def version(self) -> int | None:
        found = self.meta.find_one({"_id": "data"})
        return None if found is None else found["version"]


@pytest.fixture
def data(mongodb_url: str, redis_url: str, settings: Settings) -> Iterator[Data]:
    name = f"migrating{next(_databases)}"
    with MongoClient[dict[str, Any]](mongodb_url) as client:
        client[name].users.insert_one({"_id": 1, "alias_key": "ann"})
        given = Settings(
            mongodb_url=mongodb_url, redis_url=redis_url, mongodb_database=name, data_dir=settings.data_dir
        )
        yield Data(given, client[name].meta)
        client.drop_database(name)


def run(data: Data, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=data.settings.environment(os.environ),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENT_S,
        check=False,
    )


def migrate(data: Data, *options: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return run(data, "-m", "cli", "migrate", *options, stdin=stdin)


def test_it_raises_the_version_once_and_says_what_it_does(data: Data) -> None:
    ended = migrate(data, "--yes")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert all(f"raising the data to version {step.version}: {step.title}" in ended.stdout for step in STEPS)
    assert f"the data has version {LATEST}" in ended.stdout
    assert data.version == LATEST
    again = migrate(data, "--yes")
    assert (again.returncode, again.stdout) == (0, f"the data has version {LATEST}\n")


def test_it_asks_whether_the_version_before_is_stopped(data: Data) -> None:
    refused = migrate(data, stdin="n\n")
    assert refused.returncode == 1
    assert "Stop all web processes, workers, beat and Flower of the version before first" in refused.stderr
    assert data.version is None
    assert migrate(data, stdin="y\n").returncode == 0
    assert data.version == LATEST


def test_a_web_process_of_the_version_before_prevents_it(data: Data) -> None:
    """It writes heartbeats, and does not say which data it knows. One that has ended leaves its row for a while."""
    presence = data.meta.database.presence
    presence.insert_many(
        [
            {"_id": "old", "place": "host:17", "at": datetime.now(UTC)},
            {"_id": "ended", "place": "host:18", "at": datetime.now(UTC) - timedelta(seconds=40)},
            {"_id": "new", "place": "host:19", "at": datetime.now(UTC), "data_version": LATEST},
        ]
    )
    ended = migrate(data, "--yes")
    assert (ended.returncode, data.version) == (2, None)
    told = "tweeter: web processes of the version before are running: host:17: stop them first\n"
    assert ended.stderr == told
    presence.delete_one({"_id": "old"})
    assert migrate(data, "--yes").returncode == 0


def test_a_check_changes_nothing(data: Data) -> None:
    due = migrate(data, "--check")
    assert (due.returncode, data.version) == (1, None)
    assert due.stdout == "".join(f"to do: version {step.version}, {step.title}\n" for step in STEPS)
    migrate(data, "--yes")
    done = migrate(data, "--check")
    assert (done.returncode, done.stdout) == (0, "nothing to do\n")


def test_it_rewrites_feeds_of_a_version_before_if_it_is_asked_to(data: Data) -> None:
    feeds = data.meta.database.create_collection("feeds", **CLUSTERED)
    feeds.insert_one({"_id": bytes(16), "post": 0, "author": 9})
    assert "to do: `tweeter migrate --feeds`" in migrate(data, "--yes").stdout
    assert migrate(data, "--check", "--feeds").returncode == 1
    assert migrate(data, "--check").returncode == 0, "feeds are exact in large pages, too"
    ended = migrate(data, "--yes", "--feeds")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.endswith("the feeds are in small pages\n")
    assert "storageEngine" in feeds.options()
    assert [entry["author"] for entry in feeds.find()] == [9]
    done = migrate(data, "--check", "--feeds")
    assert (done.returncode, done.stdout) == (0, "nothing to do\n")


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "cli", "migrate", "--yes"),
        ("-m", "cli", "web"),
        ("-m", "cli", "up"),
        ("-m", "cli", "audit"),
        ("-m", "celery", "-A", "worker", "worker", "--concurrency", "1"),
    ],
    ids=lambda command: command[-1],
)
def test_newer_data_is_refused_with_one_line(data: Data, command: tuple[str, ...]) -> None:
    data.meta.insert_one({"_id": "data", "version": LATEST + 1})
    ended = run(data, *command)
    assert ended.returncode == 2, ended.stdout + ended.stderr
    lines = [line for line in (ended.stdout + ended.stderr).splitlines() if NEWER in line]
    assert len(lines) == 1, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert data.version == LATEST + 1


def test_up_says_what_to_do_about_old_data_on_another_server(data: Data, start: Callable[..., Supervised]) -> None:
    given = {
        "MONGODB_URL": data.settings.mongodb_url,
        "REDIS_URL": data.settings.redis_url,
        "MONGODB_DATABASE": data.settings.mongodb_database,
    }
    supervised = start(given, web=HEALTHY)
    supervised.wait_for_output("Tweeter is ready")
    assert "then run `tweeter migrate`" in supervised.output()
    assert data.version is None, "other processes may use that server"


def test_up_raises_the_version_of_data_on_its_own_server(settings: Settings) -> None:
    lines: list[str] = []
    with (
        open_servers(settings, say=lines.append) as filled,
        MongoClient[dict[str, Any]](filled.mongodb_url) as client,
    ):
        database = client[settings.mongodb_database]
        check_data(filled, is_ours=True, say=lines.append)
        assert database.meta.find_one({"_id": "data"}) == {"_id": "data", "version": LATEST}
        assert not [line for line in lines if "raising" in line], "a new database needs no step"
        database.meta.delete_many({})
        database.users.insert_one({"_id": 1, "alias_key": "ann"})
        check_data(filled, is_ours=True, say=lines.append)
        assert database.meta.find_one({"_id": "data"}) == {"_id": "data", "version": LATEST}
        assert [line for line in lines if "raising" in line]
        database.meta.update_one({"_id": "data"}, {"$set": {"version": LATEST + 1}})
        with pytest.raises(LaunchError, match=NEWER):
            check_data(filled, is_ours=True, say=lines.append)
