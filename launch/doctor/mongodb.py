"""Checks of MongoDB: its kind, members, clock, disk, data version, indexes, and what is in flight."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

from pymongo import MongoClient

from composition.storage import storage_of
from domain.ids import instant_of
from launch.checks import check_mongodb
from launch.doctor.findings import Finding, failed, ok, warning
from launch.errors import LaunchError
from settings import Settings
from storage import Storage
from storage.clock import TOLERATED_S, WHAT_TO_DO, offset_s
from storage.data_version import LATEST
from storage.indexes import missing_indexes

NAME = "MongoDB"
MEMBERS = 3
FREE_SHARE = 0.2
LATE_S = 60.0  # a post whose delivery takes longer
COUNTED = 100_000
ANSWER_MS = 4_000


def check_server(settings: Settings) -> Iterator[Finding]:
    """Look at the server alone. Without an answer, there is one finding."""
    try:
        check_mongodb(settings.mongodb_url, settings.mongodb_database)
    except LaunchError as error:
        yield failed(NAME, str(error))
        return
    with MongoClient[dict[str, Any]](settings.mongodb_url, serverSelectionTimeoutMS=ANSWER_MS) as client:
        began = time.time()
        hello = client.admin.command("hello")
        offset = offset_s((began + time.time()) / 2, hello["localTime"].replace(tzinfo=UTC))
        version = client.server_info()["version"]
        yield ok(NAME, f"version {version}, the primary of {hello['setName']} answers")
        members = len(hello.get("hosts", []))
        if members < MEMBERS:
            text = f"the replica set has {members} member{'s' if members > 1 else ''}"
            yield warning(
                "members", text, "use three or more: a lost disk loses everything, and a restart is an outage"
            )
        else:
            yield ok("members", f"{members}")
        if abs(offset) > TOLERATED_S:
            yield failed("clock", f"{offset:+.1f} s against MongoDB's", WHAT_TO_DO)
        else:
            yield ok("clock", f"{offset:+.3f} s against MongoDB's")
        stats = client[settings.mongodb_database].command("dbStats")
        if total := stats.get("fsTotalSize"):
            free = 1 - stats["fsUsedSize"] / total
            yield (
                ok("disk", f"{free:.0%} of MongoDB's disk are free")
                if free > FREE_SHARE
                else warning(
                    "disk", f"{free:.0%} of MongoDB's disk are free", "enlarge it: mongod ends when it is full"
                )
            )


def check_data(settings: Settings) -> Iterator[Finding]:
    """Look at what is stored. A server that does not answer is a finding of `check_server`."""
    try:
        check_mongodb(settings.mongodb_url, settings.mongodb_database)
    except LaunchError:
        return
    yield from asyncio.run(_all(settings))


async def _all(settings: Settings) -> list[Finding]:
    async with storage_of(settings) as storage:
        return [finding async for finding in _data(storage)]


async def _data(storage: Storage) -> AsyncIterator[Finding]:
    version = await storage.data_version.read()
    if version > LATEST:
        text = f"version {version}, and this program knows versions up to {LATEST}"
        yield failed("data", text, "start a newer version of Tweeter")
    elif version < LATEST:
        text = f"version {version}; version {LATEST} allows more"
        yield warning("data", text, "run `tweeter migrate` when no process of the version before is left")
    else:
        yield ok("data", f"version {version}")
    if missing := await missing_indexes(storage.mongo):
        yield warning("indexes", f"missing: {', '.join(missing)}", "start a web process or a worker, which makes them")
    else:
        yield ok("indexes", "all are there")
    if older := await storage.presence.find_older(LATEST):
        text = f"web processes of an older version run: {', '.join(older)}"
        yield warning("versions", text, "replace them before you run `tweeter migrate`")
    backlog = await storage.feed.ledgers.measure_backlog(limit=COUNTED)
    age_s = (datetime.now(UTC) - instant_of(backlog.oldest)).total_seconds() if backlog.oldest is not None else 0.0
    text = f"{backlog.posts:,} posts, the oldest {age_s:.0f} s old"
    if age_s > LATE_S:
        yield failed("in flight", text, "see that workers and beat run; feeds are right meanwhile, but slower to read")
    else:
        yield ok("in flight", text)
